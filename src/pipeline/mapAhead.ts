/** Answers that wait for one before them at most, however little they cost. */
const mostWaiting = 4096;

/**
 * Maps a stream with several steps under way at once, and hands out the answers in the stream's order. Answers that a step
 * gives at once, without a promise, do not count as under way.
 * @param room how many steps may be under way, asked again whenever one could begin; at least 1 counts
 */
export async function* mapAhead<From, To>(
  source: AsyncIterable<From>,
  room: () => number,
  step: (item: From) => To | Promise<To>,
): AsyncGenerator<To> {
  const queue: (To | Promise<To>)[] = [];
  let underWay = 0;
  const next = async (): Promise<To> => {
    const head = queue.shift() as To | Promise<To>;
    if (head instanceof Promise) underWay -= 1;
    return head;
  };
  try {
    for await (const item of source) {
      while (queue.length > 0 && (underWay === 0 || underWay >= room() || queue.length >= mostWaiting))
        yield await next();
      const answer = step(item);
      if (answer instanceof Promise) {
        underWay += 1;
        // Until its turn comes nobody awaits the step: its failure must not count as unhandled before that.
        answer.catch(() => undefined);
      } else if (queue.length === 0) {
        yield answer;
        continue;
      }
      queue.push(answer);
    }
    while (queue.length > 0) yield await next();
  } finally {
    await Promise.allSettled(queue);
  }
}
