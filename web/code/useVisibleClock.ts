import { useEffect, useMemo } from "preact/hooks";
import { createVisibleClock } from "./visibleClock.ts";

/**
 * Measures how long images are looked at; a hidden page is not looked at.
 * @param at the image that is on the screen; undefined while it is still being fetched
 * @returns seconds that an image was looked at so far
 */
export function useVisibleClock(at: number | undefined): (at: number) => number {
  const clock = useMemo(() => createVisibleClock(() => performance.now()), []);
  useEffect(() => {
    const look = () => clock.look(document.visibilityState === "visible" ? at : undefined);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [at, clock]);
  return clock.secondsOf;
}
