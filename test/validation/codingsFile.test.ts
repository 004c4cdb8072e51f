import { describe, expect, it } from "vitest";
import { type CodingsContent, codingsFileText } from "../../src/validation/codingsFile.ts";
import { isCodingsFile, readCodingsFile } from "../../src/validation/readCodingsFile.ts";
import { sampleDigest } from "../../src/validation/sampleDigest.ts";

const content: CodingsContent = {
  sample: "test",
  sampleDigest: sampleDigest("test", ["b".repeat(64), "a".repeat(64)], ["Trees", "Houses"]),
  coder: "Ünal 🎉",
  exportedAt: "2026-05-02T10:00:00.000Z",
  codings: [
    {
      image: "a".repeat(64),
      answer: "category",
      value: `"Trees" \u2028 </script>`,
      note: "half\ud800",
      seconds: 3.4,
      codedAt: "2026-05-02T09:00:00.000Z",
    },
    {
      image: "b".repeat(64),
      answer: "unsure",
      value: null,
      note: "",
      seconds: null,
      codedAt: "2026-05-02T09:00:04.000Z",
    },
  ],
};

const text = codingsFileText(content);
const read = (changed: string) => readCodingsFile(JSON.parse(changed), "anna.json");

describe("a file of codings", () => {
  it("is read as it was written", () => {
    expect(read(text)).toEqual(content);
    expect(isCodingsFile(JSON.parse(text))).toBe(true);
    expect([[], {}, null, "codings"].map(isCodingsFile)).toEqual([false, false, false, false]);
  });

  it.each([
    ["an answer", (t: string) => t.replace('"unsure"', '"uncodable"')],
    ["a category", (t: string) => t.replace("Trees", "Houses")],
    ["a note", (t: string) => t.replace('"note": ""', '"note": "x"')],
    ["seconds", (t: string) => t.replace("3.4", "3.5")],
    ["a time", (t: string) => t.replace("09:00:04", "09:00:05")],
    ["the coder", (t: string) => t.replace("Ünal", "Unal")],
    ["the sample", (t: string) => t.replace('"sample": "test"', '"sample": "pilot"')],
    ["when it was exported", (t: string) => t.replace("10:00:00", "10:00:01")],
    ["an image", (t: string) => t.replace("a".repeat(64), "c".repeat(64))],
  ])("shows by its checksum that %s was changed", (_, change) => {
    expect(change(text)).not.toBe(text);
    expect(() => read(change(text))).toThrow(/^anna\.json: the file was changed after it was exported/);
  });

  it("says what is wrong with its form", () => {
    expect(() => read(text.replace('"version": 1', '"version": 2'))).toThrow(/newer Clipbook/);
    expect(() => read(text.replace('"answer": "unsure"', '"answer": "undecided"'))).toThrow(
      /codings\.1\.answer/,
    );
    expect(() => read(text.replace('"codings"', '"coding"'))).toThrow(
      /not a whole file of codings: clipbook/,
    );
    const { checksum: _, ...without } = JSON.parse(text);
    expect(() => readCodingsFile(without, "anna.json")).toThrow(/checksum/);
  });
});

describe("a sample's digest", () => {
  it("depends on the name, the images and the categories, and not on the order of the images", () => {
    const [a, b] = ["a".repeat(64), "b".repeat(64)];
    const digest = sampleDigest("test", [a, b], ["Trees", "Houses"]);
    expect(sampleDigest("test", [b, a], ["Trees", "Houses"])).toBe(digest);
    expect(
      new Set([
        digest,
        sampleDigest("pilot", [a, b], ["Trees", "Houses"]),
        sampleDigest("test", [a], ["Trees", "Houses"]),
        sampleDigest("test", [a, b], ["Houses", "Trees"]),
        sampleDigest("test", [a, b], ["Trees"]),
      ]).size,
    ).toBe(5);
  });
});
