import { ApiError } from "../api.ts";
import { keepText, type TextStore } from "../shell/keepText.ts";
import { isSameSaid, type OwnCoding, type Said } from "./codingState.ts";
import { keptJudgements, keptText } from "./keptJudgements.ts";

/** A judgement on its way to the server. */
export interface Judgement extends Said {
  readonly at: number;
  readonly seconds: number;
  /** Id of the newest coding of the image that was known; 0 for none. */
  readonly seen: number;
  /** What was said before and may have reached the server, although no answer came back. */
  readonly earlier: readonly Said[];
}

/** What the server says to a judgement. */
export type Delivery =
  | { readonly saved: OwnCoding; readonly known: string | null }
  | { readonly present: OwnCoding; readonly isFinal: boolean; readonly known: string | null };

/** A judgement of an image that was coded elsewhere meanwhile. */
export interface Clash {
  readonly judgement: Judgement;
  readonly present: OwnCoding;
}

/** What is on its way. */
export interface OutboxState {
  /** The oldest first. */
  readonly waiting: readonly Judgement[];
  /** The coder has to choose which of the two stands. */
  readonly clash: Clash | undefined;
  /** Why the last attempt failed; undefined when it did not. */
  readonly failure: Error | undefined;
  /** The server will not take it, however often it is tried. */
  readonly isRefused: boolean;
  /** Whether this browser keeps what waits, also beyond a reload. */
  readonly isKept: boolean;
}

/** Judgements that are sent one after the other, tried again where that fails, and kept by the browser until they are saved. */
export interface Outbox {
  state(): OutboxState;
  /** Takes a judgement over; it replaces one of the same image that still waits. */
  put(judgement: Omit<Judgement, "earlier">): void;
  /** Sends what waits, now. */
  retry(): void;
  /** Decides a clash: the coding that stands is kept, or replaced. */
  settle(which: "present" | "mine"): void;
  /** Gives up the judgement that the server refuses. */
  discard(): void;
  close(): void;
}

/** What an outbox works with. */
export interface OutboxSpec {
  readonly link: string;
  readonly store: TextStore | undefined;
  readonly send: (judgement: Judgement) => Promise<Delivery>;
  /** A coding stands for an image now. */
  readonly onSaved: (at: number, coding: OwnCoding, known: string | null) => void;
  readonly onChange: () => void;
  /** Runs something later; the result keeps it from running. */
  readonly later: (run: () => void, ms: number) => () => void;
}

/** Waits between attempts, in milliseconds; the last one for all that follow. */
const pausesMs = [1000, 2000, 4000, 8000];

/** Takes over what an earlier page of this link has left, and sends it. */
export function openOutbox({ link, store, send, onSaved, onChange, later }: OutboxSpec): Outbox {
  const kept = keptJudgements(store, link);
  const waiting = new Map(kept.map((judgement) => [judgement.at, judgement]));
  let clash: Clash | undefined;
  let failure: Error | undefined;
  let refused: Judgement | undefined;
  let failures = 0;
  let isKept = true;
  let sending: Judgement | undefined;
  let isClosed = false;
  let cancel = () => {};

  const drop = (at: number) => {
    const judgement = waiting.get(at);
    if (judgement === undefined) return;
    waiting.delete(at);
    const { key, text } = keptText(link, judgement);
    // Another tab of this link may keep another judgement there by now.
    if (store?.getItem(key) === text) keepText(store, key, undefined);
  };
  const change = (judgement: Judgement) => {
    waiting.set(judgement.at, judgement);
    const { key, text } = keptText(link, judgement);
    isKept = keepText(store, key, text);
  };
  const take = (sent: Judgement, coding: OwnCoding, known: string | null) => {
    const latest = waiting.get(sent.at);
    // Said anew while this one was on its way: the new one follows, and knows of it.
    if (latest !== undefined && latest !== sent) change({ ...latest, seen: coding.id, earlier: [] });
    else drop(sent.at);
    onSaved(sent.at, coding, known);
  };
  const receive = (sent: Judgement, delivery: Delivery) => {
    if ("saved" in delivery) return take(sent, delivery.saved, delivery.known);
    const { present, isFinal, known } = delivery;
    if (isFinal || isSameSaid(present, sent)) return take(sent, present, known);
    const latest = waiting.get(sent.at) ?? sent;
    // An earlier attempt was stored, and only its answer was lost.
    if (latest.earlier.some((said) => isSameSaid(said, present))) {
      return change({ ...latest, seen: present.id, earlier: [] });
    }
    clash = { judgement: latest, present };
  };
  const forgetFailure = () => {
    failure = undefined;
    refused = undefined;
  };

  const pump = async () => {
    cancel();
    const next = waiting.values().next().value;
    if (isClosed || sending !== undefined || clash !== undefined || next === undefined) return;
    sending = next;
    onChange();
    try {
      const delivery = await send(next);
      forgetFailure();
      failures = 0;
      receive(next, delivery);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      refused = isRefusal(failure) ? next : undefined;
      // Said anew meanwhile: what was refused is not wanted any more.
      if (refused !== undefined && waiting.get(next.at) !== next) forgetFailure();
      else if (refused === undefined) {
        cancel = later(() => void pump(), pausesMs[Math.min(failures, pausesMs.length - 1)] as number);
      }
      failures++;
    } finally {
      sending = undefined;
    }
    onChange();
    if (failure === undefined) await pump();
  };
  const retry = () => void pump();
  retry();

  return {
    state: () => ({
      waiting: [...waiting.values()],
      clash,
      failure,
      isRefused: refused !== undefined,
      isKept: isKept || waiting.size === 0,
    }),
    put: (judgement) => {
      const before = waiting.get(judgement.at);
      const earlier = before === undefined ? [] : [...before.earlier, saidOf(before)];
      // To the end of the queue.
      waiting.delete(judgement.at);
      change({ ...judgement, seen: before?.seen ?? judgement.seen, earlier });
      if (refused?.at === judgement.at) forgetFailure();
      // The next attempt is due already, unless the last one went well.
      if (failure === undefined) retry();
      onChange();
    },
    retry,
    settle: (which) => {
      if (clash === undefined) return;
      const { judgement, present } = clash;
      clash = undefined;
      if (which === "mine") change({ ...judgement, seen: present.id, earlier: [] });
      else {
        drop(judgement.at);
        onSaved(judgement.at, present, null);
      }
      onChange();
      retry();
    },
    discard: () => {
      if (refused === undefined) return;
      drop(refused.at);
      forgetFailure();
      onChange();
      retry();
    },
    close: () => {
      isClosed = true;
      cancel();
    },
  };
}

/** Whether the server will say the same again, however often it is asked. */
function isRefusal(error: Error): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 408;
}

function saidOf({ answer, value, note }: Said): Said {
  return { answer, value, note };
}
