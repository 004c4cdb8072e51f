import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openNewestFirst } from "../../src/pipeline/newestFirst.ts";

/** Work that ends when the test says so. */
function handwork() {
  const begun: string[] = [];
  const ends = new Map<string, (value: string) => void>();
  const make = (key: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(key);
      ends.set(key, resolve);
    });
  const end = async (key: string) => {
    ends.get(key)?.(`made ${key}`);
    await nextTurn();
  };
  return { begun, make, end };
}

describe("newest first", () => {
  it("does so many at once, and of those that wait the one asked for last", async () => {
    const { begun, make, end } = handwork();
    const queue = openNewestFirst<string>(2);
    const made = ["a", "b", "c", "d", "e"].map((key) => queue.get(key, make(key)));
    expect(begun).toEqual(["a", "b"]);
    await end("a");
    expect(begun).toEqual(["a", "b", "e"]);
    await end("b");
    await end("e");
    expect(begun).toEqual(["a", "b", "e", "d", "c"]);
    await end("d");
    await end("c");
    expect(await Promise.all(made)).toEqual(["made a", "made b", "made c", "made d", "made e"]);
  });

  it("makes what is asked for again once, and sooner", async () => {
    const { begun, make, end } = handwork();
    const queue = openNewestFirst<string>(1);
    const first = queue.get("a", make("a"));
    const waiting = [queue.get("b", make("b")), queue.get("c", make("c")), queue.get("b", make("b"))];
    const again = queue.get("a", make("a"));
    await end("a");
    expect(await Promise.all([first, again])).toEqual(["made a", "made a"]);
    expect(begun).toEqual(["a", "b"]);
    await end("b");
    await end("c");
    expect(await Promise.all(waiting)).toEqual(["made b", "made c", "made b"]);
    expect(begun).toEqual(["a", "b", "c"]);
  });

  it("never begins what everybody has given up, and goes on for those who have not", async () => {
    const { begun, make, end } = handwork();
    const queue = openNewestFirst<string>(1);
    const first = queue.get("a", make("a"));
    const [one, other] = [new AbortController(), new AbortController()];
    const given = [
      queue.get("b", make("b"), one.signal),
      queue.get("c", make("c"), one.signal),
      queue.get("c", make("c"), other.signal),
    ];
    one.abort(new Error("scrolled away"));
    await expect(given[0]).rejects.toThrow("scrolled away");
    await expect(given[1]).rejects.toThrow("scrolled away");
    await end("a");
    expect(begun).toEqual(["a", "c"]);
    await end("c");
    expect(await given[2]).toBe("made c");
    expect(await first).toBe("made a");
    await expect(queue.get("d", make("d"), one.signal)).rejects.toThrow("scrolled away");
    expect(begun).toEqual(["a", "c"]);
  });

  it("tells everybody of a failure, and tries again when asked again", async () => {
    const queue = openNewestFirst<string>(1);
    let tries = 0;
    const fail = async () => {
      tries += 1;
      throw new Error("no such file");
    };
    const both = [queue.get("a", fail), queue.get("a", fail)];
    for (const one of both) await expect(one).rejects.toThrow("no such file");
    expect(tries).toBe(1);
    expect(await queue.get("a", async () => "there")).toBe("there");
  });
});
