import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { QueueSpec } from "../../src/review/queueSpec.ts";
import type { OwnVerdict, VerdictConflict } from "../../src/server/reviewRoutes.ts";
import { ApiError, answer, api } from "../api.ts";
import { queueQuery } from "./queueAddress.ts";
import {
  type Choice,
  caughtUp,
  isWhatWasChosen,
  type Member,
  maybeLastJudged,
  maybeStanding,
  type QueueAnswer,
  withOwn,
} from "./reviewState.ts";

/** A verdict that could not be saved, until the reviewer tries again or takes it back. */
export interface Unsaved {
  readonly choice: Choice;
  readonly error: Error;
}

/** A verdict that was given in another tab meanwhile, and stands. */
export interface GivenElsewhere {
  readonly own: OwnVerdict;
  /** What was typed here and is not saved with it; empty for nothing. */
  readonly note: string;
}

/** A review under way. */
export interface Review {
  readonly queue: QueueAnswer | undefined;
  /** The queue could not be had. */
  readonly failure: Error | undefined;
  readonly members: readonly Member[];
  readonly saving: Choice | undefined;
  readonly unsaved: Unsaved | undefined;
  readonly elsewhere: GivenElsewhere | undefined;
  /** Verdicts that this tab has saved: what is shown of results is asked for again when it grows. */
  readonly saved: number;
  /** Writes a verdict on a picture; nothing happens while another one is being written. */
  judge(member: Member, verdict: OwnVerdict["verdict"], note: string, correctCategory?: string): void;
  /** Takes back the verdict that was given last in this queue. */
  undo(): void;
  /** Tries again to save what could not be saved. */
  retry(): void;
  /** Gives up what could not be saved. */
  discard(): void;
}

/** Loads a queue, and keeps it in step with what is written. A picture counts as judged when the server has said that it is saved. */
export function useReview(
  runId: number,
  spec: QueueSpec,
  reviewer: string,
  onSaved: (choice: Choice) => void,
): Review {
  const [queue, setQueue] = useState<QueueAnswer>();
  const [failure, setFailure] = useState<Error>();
  const [members, setMembers] = useState<readonly Member[]>([]);
  const [saving, setSaving] = useState<Choice>();
  const [unsaved, setUnsaved] = useState<Unsaved>();
  const [elsewhere, setElsewhere] = useState<GivenElsewhere>();
  const [saved, setSaved] = useState(0);
  const { kind, n, seed, category } = spec;
  // Two keys pressed in the same instant come before the next drawing.
  const busy = useRef(false);

  const load = useCallback(async () => {
    const param = { run: String(runId) };
    const query = { ...queueQuery({ kind, n, seed, category }), reviewer };
    const loaded = await answer(api.runs[":run"].review.queue.$get({ param, query }));
    setQueue(loaded);
    setMembers((before) => caughtUp(before, loaded.members));
  }, [runId, kind, n, seed, category, reviewer]);

  useEffect(() => {
    setFailure(undefined);
    load().catch((error: Error) => setFailure(error));
  }, [load]);

  useEffect(() => {
    // Whatever was judged in another tab meanwhile need not be judged here.
    const look = () => {
      if (document.visibilityState !== "visible" || busy.current) return;
      // Without an answer the queue stays as it was, and the next verdict says that the server is gone.
      load().catch(() => undefined);
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [load]);

  useEffect(() => {
    if (saving === undefined && unsaved === undefined) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [saving, unsaved]);

  const take = (choice: Choice, own: OwnVerdict) => {
    setMembers((before) => withOwn(before, choice.position, own));
    setSaved((times) => times + 1);
    onSaved(choice);
  };

  const write = async (choice: Choice, isRetry: boolean) => {
    if (busy.current) return;
    busy.current = true;
    setSaving(choice);
    setUnsaved(undefined);
    setElsewhere(undefined);
    try {
      const { position, verdict, note, seen } = choice;
      const correct = choice.correctCategory === undefined ? {} : { correctCategory: choice.correctCategory };
      const json = { position, reviewer, verdict, note, queue: spec, seen, ...correct };
      const param = { run: String(runId) };
      const written = await answer(api.runs[":run"].review.verdicts.$post({ param, json }));
      take(choice, written.verdict);
    } catch (error) {
      const present = maybePresent(error);
      if (present === undefined) setUnsaved({ choice, error: error as Error });
      // The first try was stored, and only its answer was lost.
      else if (isRetry && isWhatWasChosen(present, choice)) take(choice, present);
      else {
        setMembers((before) => withOwn(before, choice.position, present));
        setSaved((times) => times + 1);
        setElsewhere({ own: present, note: choice.note === present.note ? "" : choice.note });
        // To catch up with the other tab; without an answer each picture tells for itself.
        load().catch(() => undefined);
      }
    } finally {
      busy.current = false;
      setSaving(undefined);
    }
  };

  return {
    queue,
    failure,
    members,
    saving,
    unsaved,
    elsewhere,
    saved,
    judge: (member, verdict, note, correctCategory) => {
      if (unsaved !== undefined) return;
      void write(
        { position: member.position, verdict, correctCategory, note, seen: member.own?.id ?? 0 },
        false,
      );
    },
    undo: () => {
      const last = maybeLastJudged(members);
      const standing = last && maybeStanding(last);
      if (last === undefined || standing === undefined || unsaved !== undefined) return;
      const { note, id } = standing;
      void write(
        { position: last.position, verdict: "withdrawn", correctCategory: undefined, note, seen: id },
        false,
      );
    },
    retry: () => {
      if (unsaved !== undefined) void write(unsaved.choice, true);
    },
    discard: () => setUnsaved(undefined),
  };
}

/** The verdict that stands instead, where the server says so. */
function maybePresent(error: unknown): OwnVerdict | undefined {
  if (!(error instanceof ApiError) || error.status !== 409) return undefined;
  return (error.body as VerdictConflict).present;
}
