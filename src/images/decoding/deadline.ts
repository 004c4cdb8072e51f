/** A time limit for work that may have to wait in between. */
export interface Deadline {
  /** Lets the time run. */
  run(): void;
  /** Stops the time until the next `run`, or for good. */
  stop(): void;
}

/** Starts stopped. @param onPassed called once when the time has run for so many milliseconds */
export function openDeadline(ms: number, onPassed: () => void): Deadline {
  let leftMs = ms;
  let startedMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let isPassing: NodeJS.Immediate | undefined;
  return {
    run: () => {
      startedMs = performance.now();
      timer = setTimeout(() => {
        // After this thread was busy, or its machine asleep, an answer may be waiting to be read: that comes first.
        isPassing = setImmediate(onPassed);
      }, leftMs);
    },
    stop: () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      clearImmediate(isPassing);
      timer = undefined;
      leftMs = Math.max(0, leftMs - (performance.now() - startedMs));
    },
  };
}
