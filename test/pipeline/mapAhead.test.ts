import { describe, expect, it } from "vitest";
import { mapAhead } from "../../src/pipeline/mapAhead.ts";

async function* count(to: number, onPull: (i: number) => void = () => undefined): AsyncGenerator<number> {
  for (let i = 0; i < to; i++) {
    onPull(i);
    yield i;
  }
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of stream) all.push(item);
  return all;
}

describe("mapAhead", () => {
  it.each([1, 2, 3, 7, 100])("keeps the stream's order with %i steps under way", async (ahead) => {
    // The later a step starts, the sooner it ends.
    const answers = await collect(
      mapAhead(
        count(20),
        () => ahead,
        async (i) => wait(20 - i).then(() => i * i),
      ),
    );
    expect(answers).toEqual(Array.from({ length: 20 }, (_, i) => i * i));
  });

  it("has as many steps under way as allowed, and no more", async () => {
    let running = 0;
    let most = 0;
    await collect(
      mapAhead(
        count(30),
        () => 4,
        async () => {
          running += 1;
          most = Math.max(most, running);
          await wait(2);
          running -= 1;
        },
      ),
    );
    expect(most).toBe(4);
  });

  it("does not run away from a slow reader", async () => {
    let pulled = 0;
    const stream = mapAhead(
      count(1000, () => {
        pulled += 1;
      }),
      () => 5,
      async (i) => i,
    );
    for (let i = 0; i < 10; i++) await stream.next();
    await wait(5);
    expect(pulled).toBeLessThanOrEqual(15);
    await stream.return(undefined);
  });

  it("gives nothing for nothing", async () => {
    expect(
      await collect(
        mapAhead(
          count(0),
          () => 3,
          async (i) => i,
        ),
      ),
    ).toEqual([]);
  });

  it("throws a step's failure in its turn, after the answers before it", async () => {
    const answers: number[] = [];
    const failing = (async () => {
      const stream = mapAhead(
        count(10),
        () => 4,
        async (i) => {
          if (i === 3) throw new Error("step 3");
          await wait(5);
          return i;
        },
      );
      for await (const answer of stream) answers.push(answer);
    })();
    await expect(failing).rejects.toThrow("step 3");
    expect(answers).toEqual([0, 1, 2]);
  });

  it("waits for the steps under way when the source fails or the reader stops", async () => {
    let finished = 0;
    const step = async (i: number) => {
      await wait(5);
      finished += 1;
      if (i === 1) throw new Error("a later step fails, too");
      return i;
    };
    const broken = async function* () {
      yield 0;
      yield 1;
      throw new Error("source");
    };
    await expect(collect(mapAhead(broken(), () => 8, step))).rejects.toThrow("source");
    expect(finished).toBe(2);
    for await (const _ of mapAhead(count(9), () => 3, step)) break;
    expect(finished).toBe(5);
  });

  it("closes its source when the reader stops", async () => {
    let closed = false;
    const source = async function* () {
      try {
        yield* count(100);
      } finally {
        closed = true;
      }
    };
    for await (const _ of mapAhead(
      source(),
      () => 2,
      async (i) => i,
    ))
      break;
    expect(closed).toBe(true);
  });

  it("keeps the order of answers given at once among those to be waited for", async () => {
    const answers = mapAhead(
      count(50),
      () => 3,
      (i) => (i % 7 === 0 ? wait(3).then(() => i) : i),
    );
    expect(await collect(answers)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it("does not gather answers given at once", async () => {
    let pulled = 0;
    const stream = mapAhead(
      count(100_000, () => {
        pulled += 1;
      }),
      () => 3,
      (i) => (i === 1 ? Promise.resolve(i) : i),
    );
    for (let i = 0; i < 10; i++) await stream.next();
    expect(pulled).toBeLessThanOrEqual(4100);
    for (let i = 0; i < 9000; i++) await stream.next();
    expect(pulled).toBeLessThanOrEqual(9010 + 4100);
    await stream.return(undefined);
  });

  it("asks again how many steps may be under way", async () => {
    let room = 4;
    let running = 0;
    const most: number[] = [];
    const stream = mapAhead(
      count(12),
      () => room,
      async (i) => {
        running += 1;
        most.push(running);
        await wait(1);
        running -= 1;
        return i;
      },
    );
    for await (const i of stream) if (i === 3) room = 1;
    expect(Math.max(...most.slice(0, 4))).toBe(4);
    expect(Math.max(...most.slice(8))).toBe(1);
  });
});
