/** A gate on the way of a long job: while it is closed, whoever comes to it waits. */
export interface PauseGate {
  isClosed(): boolean;
  close(): void;
  open(): void;
  /** Waits until the gate is open. @throws the signal's reason when aborted meanwhile */
  pass(signal?: AbortSignal): Promise<void>;
}

/** An open gate. @param onReached called when somebody comes to the closed gate and waits */
export function createPauseGate(onReached: () => void): PauseGate {
  let closed: PromiseWithResolvers<void> | undefined;
  return {
    isClosed: () => closed !== undefined,
    close: () => {
      closed ??= Promise.withResolvers();
    },
    open: () => {
      closed?.resolve();
      closed = undefined;
    },
    pass: async (signal) => {
      while (closed !== undefined) {
        signal?.throwIfAborted();
        onReached();
        await openedOrAborted(closed.promise, signal);
      }
      signal?.throwIfAborted();
    },
  };
}

async function openedOrAborted(opened: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  const aborted = Promise.withResolvers<void>();
  signal?.addEventListener("abort", () => aborted.resolve(), { once: true });
  await Promise.race([opened, aborted.promise]);
}
