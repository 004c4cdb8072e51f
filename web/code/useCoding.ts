import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CodingConflict } from "../../src/server/codingRoutes.ts";
import { ApiError, answer, api } from "../api.ts";
import { browserStores } from "../shell/browserStores.ts";
import { type CodingImage, type CodingView, caughtUp, type Said } from "./codingState.ts";
import { type Delivery, type Judgement, type Outbox, type OutboxState, openOutbox } from "./outbox.ts";

/** Coding under way. */
export interface Coding {
  readonly link: string;
  readonly view: CodingView | undefined;
  /** The link leads nowhere, or the server does not answer. */
  readonly failure: Error | undefined;
  /** With the answers that are still on their way. */
  readonly images: readonly CodingImage[];
  readonly outbox: OutboxState;
  readonly actions: Pick<Outbox, "retry" | "settle" | "discard">;
  give(image: CodingImage, said: Said, seconds: number): void;
}

/** Loads what a link leads to, and keeps it in step with what is said. */
export function useCoding(link: string): Coding {
  const [view, setView] = useState<CodingView>();
  const [failure, setFailure] = useState<Error>();
  const [images, setImages] = useState<readonly CodingImage[]>([]);
  const [, setChanges] = useState(0);
  const known = useRef<readonly CodingImage[]>([]);
  known.current = images;

  const outbox = useMemo(
    () =>
      openOutbox({
        link,
        store: browserStores()[1],
        send: (judgement) => sendJudgement(link, judgement),
        onSaved: (at, own, category) =>
          setImages((before) =>
            before.map((image) =>
              image.at === at ? { ...image, own, known: category ?? image.known } : image,
            ),
          ),
        onChange: () => setChanges((times) => times + 1),
        later: (run, ms) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
      }),
    [link],
  );
  useEffect(() => () => outbox.close(), [outbox]);

  const load = useCallback(async () => {
    const loaded = await answer(api.coding[":link"].$get({ param: { link } }));
    setView(loaded);
    setFailure(undefined);
    setImages((before) => caughtUp(before, loaded.images));
  }, [link]);
  useEffect(() => {
    load().catch((error: Error) => setFailure(error));
  }, [load]);
  useEffect(() => {
    // What was coded in another tab, or by other coders, meanwhile.
    const look = () => {
      if (document.visibilityState !== "visible") return;
      outbox.retry();
      // Without an answer everything stays as it was, and the next judgement says that the server is gone.
      load().catch(() => undefined);
    };
    document.addEventListener("visibilitychange", look);
    addEventListener("online", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      removeEventListener("online", look);
    };
  }, [load, outbox]);

  const state = outbox.state();
  const isOnlyHere = state.waiting.length > 0 && !state.isKept;
  useEffect(() => {
    if (!isOnlyHere) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isOnlyHere]);

  return {
    link,
    view,
    failure,
    images: withWaiting(images, state.waiting),
    outbox: state,
    actions: outbox,
    give: ({ at }, said, seconds) => {
      const seen = known.current.find((image) => image.at === at)?.own?.id ?? 0;
      outbox.put({ at, ...said, seconds, seen });
    },
  };
}

function withWaiting(images: readonly CodingImage[], waiting: readonly Judgement[]): readonly CodingImage[] {
  if (waiting.length === 0) return images;
  const saidAt = new Map(waiting.map((judgement) => [judgement.at, judgement]));
  return images.map((image) => {
    const said = saidAt.get(image.at);
    if (said === undefined) return image;
    const { answer: given, value, note, seen } = said;
    return { ...image, own: { id: seen, answer: given, value, note } };
  });
}

async function sendJudgement(link: string, judgement: Judgement): Promise<Delivery> {
  const { at, answer: given, value, note, seconds, seen } = judgement;
  const json = { at, answer: given, note, seconds, seen, ...(value !== null && { value }) };
  try {
    const { coding, known } = await answer(api.coding[":link"].codings.$post({ param: { link }, json }));
    return { saved: coding, known };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
    const { present, isFinal, known } = error.body as CodingConflict;
    return { present, isFinal, known };
  }
}
