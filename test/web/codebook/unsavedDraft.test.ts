import { describe, expect, it } from "vitest";
import { openDraftKeeper } from "../../../web/codebook/unsavedDraft.ts";
import type { TextStore } from "../../../web/shell/keepText.ts";

const unsaved = { baseSha256: "ab", baseText: "a", draft: { templates: [], categories: [] } };
const ofOther = { ...unsaved, baseText: "of another tab" };

function memoryStore(): TextStore {
  const texts = new Map<string, string>();
  return {
    get length() {
      return texts.size;
    },
    key: (index) => [...texts.keys()][index] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => void texts.set(key, value),
    removeItem: (key) => void texts.delete(key),
  };
}

let pages = 0;
function openPage(tab: TextStore, browser: TextStore, folder = "/a") {
  pages += 1;
  const at = pages;
  return openDraftKeeper([tab, browser], folder, { page: `page ${at}`, now: () => at });
}

describe("unsaved drafts", () => {
  it("come back by study, from the tab's own store first", () => {
    const [tab, browser] = [memoryStore(), memoryStore()];
    expect(openPage(tab, browser).keep(unsaved)).toBe(true);
    openPage(memoryStore(), browser, "/a b").keep(ofOther);
    expect(openPage(tab, browser).found).toEqual(unsaved);
    expect(openPage(memoryStore(), browser).found).toEqual(unsaved);
    expect(openPage(tab, browser, "/b").found).toBeUndefined();
  });

  it("are forgotten when told, also those of an earlier page", () => {
    const [tab, browser] = [memoryStore(), memoryStore()];
    openPage(tab, browser).keep(unsaved);
    openPage(tab, browser).keep(undefined);
    expect([tab.length, browser.length]).toEqual([0, 0]);
    openPage(memoryStore(), browser).keep(unsaved);
    const after = openPage(memoryStore(), browser);
    expect(after.found).toEqual(unsaved);
    after.keep(unsaved);
    expect(browser.length).toBe(1);
    after.keep(undefined);
    expect(browser.length).toBe(0);
  });

  it("stay where another tab edits, and undoes it", () => {
    const browser = memoryStore();
    const [one, two] = [openPage(memoryStore(), browser), openPage(memoryStore(), browser)];
    one.keep(ofOther);
    two.keep(unsaved);
    two.keep(undefined);
    // The tab of `one` ends without a word.
    expect(openPage(memoryStore(), browser).found).toEqual(ofOther);
  });

  it("are kept again by a tab that is not closed, where a later one took them", () => {
    const browser = memoryStore();
    const one = openPage(memoryStore(), browser);
    one.keep(ofOther);
    openPage(memoryStore(), browser).keep(undefined);
    expect(browser.getItem(one.place)).toBeNull();
    one.keepAgain();
    expect(openPage(memoryStore(), browser).found).toEqual(ofOther);
  });

  it("are none where something else stands in their place", () => {
    const store = memoryStore();
    const kept = { form: 2, place: "x", keptAt: 1, ...unsaved };
    store.setItem("clipbook-draft /a", JSON.stringify(kept));
    expect(openPage(store, memoryStore()).found).toEqual(unsaved);
    const incomplete = [{ draft: undefined }, { draft: {} }, { draft: null }, { baseText: 3 }, { place: 1 }];
    const others = [...incomplete.map((part) => JSON.stringify({ ...kept, ...part })), '{"form":2}'];
    for (const text of ["{", "null", "3", '{"form":0}', '{"form":1}', ...others]) {
      store.setItem("clipbook-draft /a", text);
      expect(openPage(store, memoryStore()).found).toBeUndefined();
    }
  });

  it("say when the browser is full, or keeps nothing", () => {
    const full = {
      ...memoryStore(),
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    expect(openPage(full, memoryStore()).keep(unsaved)).toBe(false);
    expect(openPage(memoryStore(), full).keep(unsaved)).toBe(false);
    expect(openDraftKeeper([], "/a", { page: "1", now: () => 1 }).keep(unsaved)).toBe(false);
  });
});
