import { getEventListeners } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { openBudget } from "../../src/images/budget.ts";
import { withFileBytes } from "../../src/images/withFileBytes.ts";

/** Files that tell when they are read, and work on them that goes on until it is told to end. */
function prepare(mostBytes: number) {
  const budget = openBudget(mostBytes);
  const opened: string[] = [];
  const start = (name: string, sizeBytes: number, signal?: AbortSignal) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const read = async () => {
      opened.push(name);
      return Buffer.from(name);
    };
    const done = withFileBytes({ read }, sizeBytes, () => promise, { budget, signal });
    return { done, end: () => resolve(name), fail: () => reject(new Error(name)) };
  };
  return { opened, start };
}

it("reads a file only when it fits beside those that are being worked on", async () => {
  const { opened, start } = prepare(100);
  const [a, b, c] = [start("a", 60), start("b", 60), start("c", 40)];
  await nextTurn();
  expect(opened).toEqual(["a"]);
  a.end();
  expect(await a.done).toBe("a");
  await nextTurn();
  expect(opened).toEqual(["a", "b", "c"]);
  b.end();
  c.end();
  expect(await Promise.all([b.done, c.done])).toEqual(["b", "c"]);
});

it("lets the next one in where the work on one fails, or its reading", async () => {
  const { opened, start } = prepare(100);
  const [a, b] = [start("a", 100), start("b", 100)];
  a.fail();
  await expect(a.done).rejects.toThrow("a");
  await nextTurn();
  expect(opened).toEqual(["a", "b"]);
  b.end();
  await b.done;
});

it("reads nothing of what waits when it is aborted, and holds no place for it", async () => {
  const { opened, start } = prepare(100);
  const abort = new AbortController();
  const reason = new Error("no longer wanted");
  const [a, b, c] = [start("a", 60), start("b", 100, abort.signal), start("c", 40)];
  await nextTurn();
  abort.abort(reason);
  await expect(b.done).rejects.toBe(reason);
  await expect(start("d", 1, abort.signal).done).rejects.toBe(reason);
  a.end();
  c.end();
  await Promise.all([a.done, c.done]);
  expect(opened).toEqual(["a", "c"]);
  expect(getEventListeners(abort.signal, "abort")).toEqual([]);
});
