/** A memory for what was used last; what was not used for the longest time goes first. */
export interface RecentlyUsed<Value> {
  /**
   * The value of a key, made where it is not known. One that could not be made is not kept.
   * @param make its signal is aborted when nobody waits for the value any more
   * @param signal of the one who asks
   * @throws the signal's reason when aborted
   */
  get(key: string, make: (signal: AbortSignal) => Promise<Value>, signal?: AbortSignal): Promise<Value>;
  /** Makes the value anew when it is asked for next. */
  forget(key: string): void;
}

interface Kept<Value> {
  readonly value: Promise<Value>;
  readonly making: AbortController;
  waiting: number;
}

/** A memory for so many values at most; asked for twice at once, a value is made once. */
export function openRecentlyUsed<Value>(most: number): RecentlyUsed<Value> {
  const values = new Map<string, Kept<Value>>();
  const forget = (key: string, kept: Kept<Value>) => {
    if (values.get(key) === kept) values.delete(key);
  };
  const start = (make: (signal: AbortSignal) => Promise<Value>): Kept<Value> => {
    const making = new AbortController();
    return { value: make(making.signal), making, waiting: 0 };
  };
  return {
    get: async (key, make, signal) => {
      signal?.throwIfAborted();
      const kept = values.get(key) ?? start(make);
      values.delete(key);
      values.set(key, kept);
      for (const oldest of values.keys()) {
        if (values.size <= most) break;
        values.delete(oldest);
      }
      kept.waiting += 1;
      const left = Promise.withResolvers<never>();
      const leave = () => left.reject(signal?.reason);
      signal?.addEventListener("abort", leave, { once: true });
      try {
        return await Promise.race([kept.value, left.promise]);
      } catch (error) {
        kept.waiting -= 1;
        if (kept.waiting === 0) {
          forget(key, kept);
          kept.making.abort(error);
        } else if (signal?.aborted !== true) forget(key, kept);
        throw error;
      } finally {
        signal?.removeEventListener("abort", leave);
      }
    },
    forget: (key) => {
      values.delete(key);
    },
  };
}
