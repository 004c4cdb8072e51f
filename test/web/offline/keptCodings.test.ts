import { describe, expect, it } from "vitest";
import type { OfflinePage } from "../../../src/validation/offlinePage.ts";
import {
  codingsOf,
  type KeptCodings,
  nothingKept,
  openNotes,
  withAnswer,
  withExport,
  withNote,
  withoutAnswer,
} from "../../../web/offline/keptCodings.ts";

const page: OfflinePage = {
  sample: "test",
  sampleDigest: "0".repeat(64),
  coder: "Anna",
  title: undefined,
  categories: [{ name: "Trees", description: undefined, instructions: undefined }],
  images: ["a", "b", "c"],
};
const trees = {
  answer: "category",
  value: "Trees",
  seconds: 2,
  codedAt: "2026-05-01T08:00:00.000Z",
} as const;
const later = "2026-05-01T09:00:00.000Z";

/** With a file of all that there is. */
const exported = (kept: KeptCodings) => withExport(page, kept, codingsOf(page, kept));

describe("what is kept of a page's codings", () => {
  it("goes into a file in the page's order, notes with their answers only", () => {
    const coded = withAnswer(withAnswer(nothingKept, "c", trees), "a", trees);
    const noted = withNote(withNote(coded, "a", "bark", later), "b", "what is it?", later);
    expect(codingsOf(page, noted)).toEqual([
      { image: "a", ...trees, note: "bark", codedAt: later },
      { image: "c", ...trees, note: "" },
    ]);
    expect(openNotes(page, noted)).toBe(1);
    expect(openNotes(page, withNote(noted, "b", "  ", later))).toBe(0);
  });

  it("is exported until an answer or its note is another, and not by what no file has", () => {
    const kept = exported(withAnswer(nothingKept, "a", trees));
    expect(kept.exported).toBe("everything");
    expect(withNote(kept, "b", "a note that waits", later).exported).toBe("everything");
    expect(withNote(kept, "a", "", later)).toBe(kept);
    expect(withNote(kept, "a", "bark", later).exported).toBe("a part");
    expect(withAnswer(kept, "b", trees).exported).toBe("a part");
    // Another tab has gone on since the file was written.
    expect(withExport(page, withAnswer(kept, "b", trees), codingsOf(page, kept)).exported).toBe("a part");
  });

  it("says that an answer was taken back when there is a file that may have it", () => {
    const kept = withAnswer(nothingKept, "a", trees);
    expect(codingsOf(page, withoutAnswer(kept, "a", later))).toEqual([]);
    const back = withoutAnswer(withNote(exported(kept), "a", "bark", later), "a", later);
    expect(back.exported).toBe("a part");
    expect(codingsOf(page, back)).toEqual([
      { image: "a", answer: "withdrawn", value: null, note: "", seconds: null, codedAt: later },
    ]);
    expect(codingsOf(page, withAnswer(back, "a", trees))).toEqual([{ image: "a", ...trees, note: "bark" }]);
  });
});
