import { describe, expect, it } from "vitest";
import {
  addCategory,
  addPhrases,
  changeCategory,
  changeHead,
  changePhrase,
  deleteCategory,
  deletePhrase,
  freeCategoryName,
  maybePlaceOf,
  moveCategory,
  movePhrase,
  movePhraseBefore,
  pinExample,
  removeExample,
  sendPhrase,
  shiftPhrase,
} from "../../../web/codebook/editDraft.ts";
import { bareDraft, isSameCodebook, keyDraft, newKey } from "../../../web/codebook/keyedDraft.ts";
import { draftOfTest, outline } from "./draftOfTest.ts";

const start = draftOfTest();

describe("editing a draft", () => {
  it("adds phrases at an index or at the end of a category", () => {
    const added = [{ key: "n1", text: "a" }];
    expect(outline(addPhrases(start, "c0", added, 1))).toEqual([
      "Rally: p0 n1 p1 p2",
      "Talk: p3",
      "Other: p4",
    ]);
    expect(outline(addPhrases(start, "c1", added))[1]).toBe("Talk: p3 n1");
  });

  it("changes one phrase and leaves all other parts the same objects", () => {
    const next = changePhrase(start, "p1", { text: "a speaker" });
    expect(next.categories[0]?.phrases[1]).toEqual({ key: "p1", source: 1, text: "a speaker" });
    expect(next.categories[0]?.phrases[0]).toBe(start.categories[0]?.phrases[0]);
    expect(next.categories[1]).toBe(start.categories[1]);
    expect(next.categories[2]).toBe(start.categories[2]);
  });

  it("moves a phrase within its category and into another, with its comment and where it came from", () => {
    expect(outline(movePhrase(start, "p0", "c0", 2))[0]).toBe("Rally: p1 p2 p0");
    expect(outline(movePhrase(start, "p2", "c0", 0))[0]).toBe("Rally: p2 p0 p1");
    const next = movePhrase(start, "p0", "c2");
    expect(outline(next)).toEqual(["Rally: p1 p2", "Talk: p3", "Other: p4 p0"]);
    expect(next.categories[2]?.phrases[1]).toEqual(start.categories[0]?.phrases[0]);
  });

  it("moves a phrase to before another, whichever way", () => {
    expect(outline(movePhraseBefore(start, "p0", "c0", "p2"))[0]).toBe("Rally: p1 p0 p2");
    expect(outline(movePhraseBefore(start, "p2", "c0", "p0"))[0]).toBe("Rally: p2 p0 p1");
    expect(outline(movePhraseBefore(start, "p0", "c1", "p3"))[1]).toBe("Talk: p0 p3");
    expect(outline(movePhraseBefore(start, "p0", "c1", undefined))[1]).toBe("Talk: p3 p0");
    expect(movePhraseBefore(start, "p0", "c0", "p1")).toBe(start);
    expect(movePhraseBefore(start, "p0", "c0", "p0")).toBe(start);
  });

  it("shifts a phrase over the edge of its category, and not over the codebook's", () => {
    expect(outline(shiftPhrase(start, "p1", -1))[0]).toBe("Rally: p1 p0 p2");
    expect(outline(shiftPhrase(start, "p2", 1))).toEqual(["Rally: p0 p1", "Talk: p2 p3", "Other: p4"]);
    expect(outline(shiftPhrase(start, "p3", -1))).toEqual(["Rally: p0 p1 p2 p3", "Talk:", "Other: p4"]);
    expect(shiftPhrase(start, "p0", -1)).toBe(start);
    expect(shiftPhrase(start, "p4", 1)).toBe(start);
  });

  it("sends a phrase to the end of the category beside its own", () => {
    expect(outline(sendPhrase(start, "p0", 1))).toEqual(["Rally: p1 p2", "Talk: p3 p0", "Other: p4"]);
    expect(outline(sendPhrase(start, "p4", -1))[1]).toBe("Talk: p3 p4");
    expect(sendPhrase(start, "p0", -1)).toBe(start);
  });

  it("deletes phrases and categories", () => {
    expect(outline(deletePhrase(start, "p1"))[0]).toBe("Rally: p0 p2");
    expect(outline(deleteCategory(start, "c1"))).toEqual(["Rally: p0 p1 p2", "Other: p4"]);
  });

  it("adds, renames and moves categories", () => {
    const added = addCategory(start, { key: "n", name: freeCategoryName(start, "talk"), phrases: [] }, 1);
    expect(outline(added)).toEqual(["Rally: p0 p1 p2", "talk 2:", "Talk: p3", "Other: p4"]);
    expect(outline(moveCategory(start, "c0", 2))).toEqual(["Talk: p3", "Other: p4", "Rally: p0 p1 p2"]);
    expect(moveCategory(start, "c0", -1)).toBe(start);
    expect(moveCategory(start, "c2", 3)).toBe(start);
    expect(changeCategory(start, "c0", { name: "Crowd" }).categories[0]).toMatchObject({
      source: 0,
      name: "Crowd",
    });
  });

  it("keeps one residual category at most", () => {
    const next = changeCategory(start, "c0", { residual: true });
    expect(next.categories.map(({ residual }) => residual === true)).toEqual([true, false, false]);
  });

  it("pins an image once and takes it off", () => {
    const pinned = pinExample(pinExample(start, "c0", "a/1.jpg"), "c0", "a/1.jpg");
    expect(pinned.categories[0]?.examples).toEqual(["a/1.jpg"]);
    expect(removeExample(pinned, "c0", "a/1.jpg").categories[0]?.examples).toEqual([]);
    expect(removeExample(start, "c0", "a/1.jpg")).toBe(start);
  });

  it("returns the draft itself for a part that is gone", () => {
    for (const edited of [
      changePhrase(start, "gone", { text: "x" }),
      addPhrases(start, "gone", [{ key: "n", text: "x" }]),
      deletePhrase(start, "gone"),
      movePhrase(start, "gone", "c0"),
      movePhrase(start, "p0", "gone"),
      shiftPhrase(start, "gone", 1),
      changeCategory(start, "gone", { name: "x" }),
      deleteCategory(start, "gone"),
      moveCategory(start, "gone", 0),
    ]) {
      expect(edited).toBe(start);
    }
    expect(maybePlaceOf(start, "gone")).toBeUndefined();
  });
});

describe("a draft for the server", () => {
  it("leaves out blank phrases, and says whose numbers come back", () => {
    const writing = addPhrases(start, "c0", [{ key: "n", text: "  " }], 1);
    const bare = bareDraft(changePhrase(writing, "p1", { text: " on a stage " }));
    expect(bare.phraseKeys).toEqual(["p0", "p1", "p2", "p3", "p4"]);
    expect(bare.categoryKeys).toEqual(["c0", "c1", "c2"]);
    expect(bare.draft.categories[0]?.phrases[1]).toEqual({
      source: 1,
      text: "on a stage",
      comment: undefined,
    });
    expect(bare.draft.categories[0]).not.toHaveProperty("key");
  });

  it("gets its keys back in order", () => {
    const { draft, categoryKeys, phraseKeys } = bareDraft(start);
    expect(outline(keyDraft(draft, { categoryKeys, phraseKeys }))).toEqual(outline(start));
    expect(newKey()).not.toBe(newKey());
  });

  it("is the same codebook wherever its parts come from, and another one after an edit", () => {
    const elsewhere = keyDraft({
      ...start,
      categories: start.categories.map((category) => ({
        ...category,
        source: undefined,
        description: `${category.description ?? ""} `,
        phrases: category.phrases.map(({ text, comment }) => ({ text, comment })),
      })),
    });
    expect(isSameCodebook(start, elsewhere)).toBe(true);
    expect(isSameCodebook(start, changeHead(start, { templates: ["a photo of {}"] }))).toBe(false);
    expect(isSameCodebook(start, changePhrase(start, "p0", { comment: "rare" }))).toBe(false);
    expect(isSameCodebook(start, shiftPhrase(start, "p0", 1))).toBe(false);
  });
});
