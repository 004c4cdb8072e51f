import { describe, expect, it } from "vitest";
import { keepUnsavedDraft, maybeUnsavedDraft, type TextStore } from "../../../web/codebook/unsavedDraft.ts";

const unsaved = { baseSha256: "ab", baseText: "a", draft: { templates: [], categories: [] } };

function memoryStore(): TextStore {
  const texts = new Map<string, string>();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => void texts.set(key, value),
    removeItem: (key) => void texts.delete(key),
  };
}

describe("unsaved drafts", () => {
  it("come back by study, from the tab's own store first", () => {
    const [tab, browser] = [memoryStore(), memoryStore()];
    expect(keepUnsavedDraft([tab, browser], "/a", unsaved)).toBe(true);
    keepUnsavedDraft([browser], "/a", { ...unsaved, baseText: "of another tab" });
    expect(maybeUnsavedDraft([tab, browser], "/a")).toEqual(unsaved);
    expect(maybeUnsavedDraft([memoryStore(), browser], "/a")?.baseText).toBe("of another tab");
    expect(maybeUnsavedDraft([tab, browser], "/b")).toBeUndefined();
  });

  it("are forgotten when told", () => {
    const store = memoryStore();
    keepUnsavedDraft([store], "/a", unsaved);
    keepUnsavedDraft([store], "/a", undefined);
    expect(maybeUnsavedDraft([store], "/a")).toBeUndefined();
  });

  it("are none where something else stands in their place", () => {
    const store = memoryStore();
    for (const text of ["{", "null", "3", '{"form":0}']) {
      store.setItem("clipbook-draft /a", text);
      expect(maybeUnsavedDraft([store], "/a")).toBeUndefined();
    }
  });

  it("say when the browser is full", () => {
    const full = {
      ...memoryStore(),
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    expect(keepUnsavedDraft([full], "/a", unsaved)).toBe(false);
  });
});
