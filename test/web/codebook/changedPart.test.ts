import { describe, expect, it } from "vitest";
import { changedPart } from "../../../web/codebook/changedPart.ts";
import {
  changeCategory,
  changePhrase,
  deletePhrase,
  moveCategory,
  movePhrase,
} from "../../../web/codebook/editDraft.ts";
import { draftOfTest } from "./draftOfTest.ts";

const start = draftOfTest();

describe("the part that an edit changed", () => {
  it("is a phrase that is new, changed, or in another category", () => {
    expect(changedPart(start, changePhrase(start, "p1", { text: "x" }))).toEqual({
      categoryKey: "c0",
      phraseKey: "p1",
    });
    expect(changedPart(deletePhrase(start, "p2"), start)).toEqual({ categoryKey: "c0", phraseKey: "p2" });
    expect(changedPart(start, movePhrase(start, "p0", "c2"))).toEqual({ categoryKey: "c2", phraseKey: "p0" });
  });

  it("is the category where no phrase is", () => {
    expect(changedPart(start, changeCategory(start, "c1", { name: "x" }))).toEqual({
      categoryKey: "c1",
      phraseKey: undefined,
    });
    expect(changedPart(start, deletePhrase(start, "p0"))).toEqual({
      categoryKey: "c0",
      phraseKey: undefined,
    });
  });

  it("is none where parts only changed places, or nothing did", () => {
    expect(changedPart(start, start)).toBeUndefined();
    expect(changedPart(start, moveCategory(start, "c0", 2))).toBeUndefined();
  });
});
