/** Does a few things at once, the one asked for last first: what somebody looks at now goes before what has scrolled away. */
export interface NewestFirst<Value> {
  /**
   * The value of a key; asked for again before it is there, it is made once. What everybody has given up before it began is never
   * begun.
   * @throws the signal's reason when aborted, and what `make` throws
   */
  get(key: string, make: () => Promise<Value>, signal?: AbortSignal): Promise<Value>;
}

interface Job<Value> {
  readonly key: string;
  readonly make: () => Promise<Value>;
  readonly waiters: Set<Waiter<Value>>;
}

interface Waiter<Value> {
  resolve(value: Value): void;
  reject(reason: unknown): void;
}

/** @param atOnce how many are made side by side */
export function openNewestFirst<Value>(atOnce: number): NewestFirst<Value> {
  const jobs = new Map<string, Job<Value>>();
  // The newest is the last.
  const waiting: Job<Value>[] = [];
  let running = 0;
  const leave = (job: Job<Value>) => {
    const at = waiting.indexOf(job);
    if (at >= 0) waiting.splice(at, 1);
    return at >= 0;
  };
  const begin = async (job: Job<Value>) => {
    running += 1;
    try {
      const value = await job.make();
      for (const waiter of job.waiters) waiter.resolve(value);
    } catch (error) {
      for (const waiter of job.waiters) waiter.reject(error);
    } finally {
      jobs.delete(job.key);
      running -= 1;
      beginNext();
    }
  };
  const beginNext = () => {
    while (running < atOnce) {
      const job = waiting.pop();
      if (job === undefined) return;
      void begin(job);
    }
  };
  return {
    get: (key, make, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const known = jobs.get(key);
        const job = known ?? { key, make, waiters: new Set() };
        jobs.set(key, job);
        const waiter = { resolve, reject };
        job.waiters.add(waiter);
        signal?.addEventListener("abort", () => {
          job.waiters.delete(waiter);
          if (job.waiters.size === 0 && leave(job)) jobs.delete(key);
          reject(signal.reason);
        });
        if (known === undefined || leave(job)) waiting.push(job);
        beginNext();
      }),
  };
}
