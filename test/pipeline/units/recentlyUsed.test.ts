import { describe, expect, it } from "vitest";
import { openRecentlyUsed } from "../../../src/pipeline/units/recentlyUsed.ts";

describe("what was used recently", () => {
  it("is made once, and what was not used for the longest time is made again", async () => {
    const kept = openRecentlyUsed<number>(2);
    const made: string[] = [];
    const get = (key: string) =>
      kept.get(key, async () => {
        made.push(key);
        return made.length;
      });
    expect(await Promise.all([get("a"), get("a"), get("b")])).toEqual([1, 1, 2]);
    await get("a");
    await get("c");
    await get("a");
    await get("b");
    expect(made).toEqual(["a", "b", "c", "b"]);
    kept.forget("a");
    await get("a");
    expect(made.at(-1)).toBe("a");
  });

  it("is not kept where it could not be made", async () => {
    const kept = openRecentlyUsed<string>(2);
    const failing = kept.get("a", () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await kept.get("a", async () => "yes")).toBe("yes");
  });

  it("is made on for one who still waits, and given up with the last", async () => {
    const kept = openRecentlyUsed<string>(2);
    const making = Promise.withResolvers<string>();
    let aborted = false;
    const make = (signal: AbortSignal) => {
      signal.addEventListener("abort", () => {
        aborted = true;
        making.reject(signal.reason);
      });
      return making.promise;
    };
    const [one, two] = [new AbortController(), new AbortController()];
    const first = kept.get("a", make, one.signal);
    const second = kept.get("a", make, two.signal);
    one.abort(new Error("closed"));
    await expect(first).rejects.toThrow("closed");
    expect(aborted).toBe(false);
    two.abort(new Error("closed, too"));
    await expect(second).rejects.toThrow("closed, too");
    expect(aborted).toBe(true);
    expect(await kept.get("a", async () => "again")).toBe("again");
  });
});
