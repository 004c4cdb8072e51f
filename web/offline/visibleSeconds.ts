import { useEffect, useRef } from "preact/hooks";

/**
 * Measures how long an image was looked at, without the time in which the page was hidden.
 * @param shown tells one showing of an image from the next
 * @returns the seconds so far, with one decimal
 */
export function useVisibleSeconds(shown: unknown): () => number {
  const watch = useRef({ sumMs: 0, since: 0 });
  useEffect(() => {
    watch.current = { sumMs: 0, since: performance.now() };
    const onChange = () => {
      const { sumMs, since } = watch.current;
      const now = performance.now();
      watch.current = { sumMs: document.hidden ? sumMs + now - since : sumMs, since: now };
    };
    document.addEventListener("visibilitychange", onChange);
    return () => document.removeEventListener("visibilitychange", onChange);
  }, [shown]);
  return () => {
    const { sumMs, since } = watch.current;
    return Math.round((sumMs + (document.hidden ? 0 : performance.now() - since)) / 100) / 10;
  };
}
