import { useEffect, useRef, useState } from "preact/hooks";

/** Whoever types on does so within this time. */
const typingPauseMs = 500;

/** A note that is being typed. */
export interface DelayedNote {
  /** What is typed and not written yet. */
  readonly typed: { readonly image: string; readonly note: string } | undefined;
  type(image: string, note: string): void;
  /** Writes what is typed, now. */
  flush(): void;
}

/**
 * Writes a note when its typing pauses, and not at every key: all codings are written with it. It is also written when the page is left
 * or hidden.
 */
export function useDelayedNote(write: (image: string, note: string) => void): DelayedNote {
  const typed = useRef<DelayedNote["typed"]>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [, setKeys] = useState(0);
  const flush = () => {
    clearTimeout(timer.current);
    const due = typed.current;
    if (due === undefined) return;
    typed.current = undefined;
    write(due.image, due.note);
  };
  const latest = useRef(flush);
  latest.current = flush;
  useEffect(() => {
    const leave = () => latest.current();
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", leave);
    return () => {
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", leave);
    };
  }, []);
  return {
    typed: typed.current,
    type: (image, note) => {
      if (typed.current !== undefined && typed.current.image !== image) flush();
      typed.current = { image, note };
      clearTimeout(timer.current);
      timer.current = setTimeout(() => latest.current(), typingPauseMs);
      setKeys((keys) => keys + 1);
    },
    flush,
  };
}
