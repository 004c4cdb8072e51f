/**
 * Maps a stream with up to `ahead` steps under way at once, and hands out the answers in the stream's order. No more
 * than `ahead` answers wait at any time.
 */
export async function* mapAhead<From, To>(
  source: AsyncIterable<From>,
  ahead: number,
  map: (item: From) => Promise<To>,
): AsyncGenerator<To> {
  const pending: Promise<To>[] = [];
  try {
    for await (const item of source) {
      const step = map(item);
      // Until its turn comes nobody awaits the step: its failure must not count as unhandled before that.
      step.catch(() => undefined);
      pending.push(step);
      if (pending.length >= ahead) yield await (pending.shift() as Promise<To>);
    }
    while (pending.length > 0) yield await (pending.shift() as Promise<To>);
  } finally {
    await Promise.allSettled(pending);
  }
}
