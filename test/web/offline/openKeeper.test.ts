import { describe, expect, it } from "vitest";
import type { OfflinePage } from "../../../src/validation/offlinePage.ts";
import { nothingKept, withAnswer } from "../../../web/offline/keptCodings.ts";
import { openKeeper } from "../../../web/offline/openKeeper.ts";

const page = { sampleDigest: "d", coder: "Anna" } as OfflinePage;
const key = "clipbook codings d Anna";
const trees = {
  answer: "category",
  value: "Trees",
  seconds: 2,
  codedAt: "2026-05-01T08:00:00.000Z",
} as const;

function storage(texts: Readonly<Record<string, string>> = {}) {
  const kept = new Map(Object.entries(texts));
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
}

describe("a browser's storage of codings", () => {
  it("is read by the page that opens next", () => {
    const store = storage();
    openKeeper(page, store).change((kept) => withAnswer(kept, "a", trees));
    const keeper = openKeeper(page, store);
    expect(keeper.read().answers).toEqual({ a: { ...trees, number: 1 } });
    expect([keeper.isKept(), keeper.asideKey()]).toEqual([true, undefined]);
  });

  it.each([
    "null",
    "{",
    "[]",
    '{"answers":null,"notes":{},"exported":"nothing","showsInstructions":false}',
    '{"answers":{},"notes":null,"exported":"nothing","showsInstructions":false}',
    '{"answers":{"a":null},"notes":{},"exported":"nothing","showsInstructions":false}',
    '{"answers":{"a":{"answer":"perhaps"}},"notes":{},"exported":"nothing","showsInstructions":false}',
    '{"answers":{},"notes":{"a":5},"exported":"nothing","showsInstructions":false}',
  ])("that cannot be read is set aside and never overwritten: %s", (text) => {
    const store = storage({ [key]: text });
    const keeper = openKeeper(page, store);
    expect(keeper.read()).toEqual(nothingKept);
    expect(keeper.asideKey()).toBe(`${key} unreadable 1`);
    keeper.change((kept) => withAnswer(kept, "a", trees));
    expect(store.kept.get(`${key} unreadable 1`)).toBe(text);
    expect(openKeeper(page, store).read().answers).toEqual({ a: { ...trees, number: 1 } });
    // The next one that cannot be read has a place of its own.
    store.kept.set(key, "another");
    expect(openKeeper(page, store).read()).toEqual(nothingKept);
    expect([...store.kept.values()].toSorted()).toEqual([text, "another"].toSorted());
  });

  it("that cannot be read and is full stays as it is", () => {
    const store = {
      ...storage({ [key]: "{" }),
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    const keeper = openKeeper(page, store);
    expect(keeper.read()).toEqual(nothingKept);
    expect(keeper.change((kept) => withAnswer(kept, "a", trees)).answers).toEqual({
      a: { ...trees, number: 1 },
    });
    expect(keeper.read().answers).toEqual({ a: { ...trees, number: 1 } });
    expect([keeper.isKept(), keeper.asideKey(), store.kept.get(key)]).toEqual([false, key, "{"]);
  });
});
