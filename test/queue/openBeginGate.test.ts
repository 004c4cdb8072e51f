import { expect, it } from "vitest";
import { openBeginGate } from "../../src/queue/openBeginGate.ts";

/** Work that says when it begins, and ends when it is told to. */
function work(name: string, begun: string[]) {
  const end = Promise.withResolvers<void>();
  return {
    end: end.resolve,
    fail: end.reject,
    run: () => {
      begun.push(name);
      return end.promise;
    },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it("lets one begin alone when the others have ended, and others when it has", async () => {
  const gate = openBeginGate();
  const begun: string[] = [];
  const [a, b, alone, c] = ["a", "b", "alone", "c"].map((name) => work(name, begun)) as [
    ReturnType<typeof work>,
    ReturnType<typeof work>,
    ReturnType<typeof work>,
    ReturnType<typeof work>,
  ];
  const ran = [
    gate.run(false, a.run),
    gate.run(false, b.run),
    gate.run(true, alone.run),
    gate.run(false, c.run),
  ];
  await settle();
  expect(begun).toEqual(["a", "b"]);
  a.end();
  await settle();
  expect(begun).toEqual(["a", "b"]);
  b.end();
  await settle();
  expect(begun).toEqual(["a", "b", "alone"]);
  alone.end();
  await settle();
  expect(begun).toEqual(["a", "b", "alone", "c"]);
  c.end();
  await Promise.all(ran);
});

it("goes on behind work that fails", async () => {
  const gate = openBeginGate();
  const begun: string[] = [];
  const bad = work("bad", begun);
  const failing = gate.run(true, bad.run);
  bad.fail(new Error("no"));
  await expect(failing).rejects.toThrow("no");
  expect(await gate.run(true, async () => 7)).toBe(7);
});
