import { describe, expect, it } from "vitest";
import { runTurn, takeTurns } from "../../bench/takeTurns.ts";

describe("takeTurns", () => {
  it("lets everyone have a turn within each repetition, each time begun by another", async () => {
    const turns: string[] = [];
    const participant = (key: string) => ({
      key,
      turn: async () => turns.push(key),
    });
    const values: Record<string, readonly number[]> = {};
    await takeTurns(["a", "b", "c"].map(participant), 3, (key, all) => {
      values[key] = [...all];
    });
    expect(turns.join("")).toBe("abcbcacab");
    expect(values).toEqual({ a: [1, 6, 8], b: [2, 4, 9], c: [3, 5, 7] });
  });

  it("leaves out one that failed and goes on with the others", async () => {
    const told: unknown[] = [];
    const failing = { key: "a", turn: () => Promise.reject(new Error("no")) };
    const working = { key: "b", turn: async () => 7 };
    await takeTurns([failing, working], 2, (key, values, failure) => {
      told.push([key, [...values], (failure as Error | undefined)?.message]);
    });
    expect(told).toEqual([
      ["a", [], "no"],
      ["b", [7], undefined],
      ["b", [7, 7], undefined],
    ]);
  });
});

describe("runTurn", () => {
  it("reads the last line that a contestant prints", async () => {
    const script = `console.log("loading"); console.log(JSON.stringify({ count: 3, seconds: 1.5 }))`;
    expect(await runTurn(process.execPath, ["-e", script])).toEqual({ count: 3, seconds: 1.5 });
  });

  it("says what a contestant said when it fails", async () => {
    const script = `console.error("no such model"); process.exit(3)`;
    await expect(runTurn(process.execPath, ["-e", script])).rejects.toThrow("ended with 3: no such model");
  });
});
