import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importCodings } from "../../../src/pipeline/samples/importCodings.ts";
import { type GivenCoding, recordCoding } from "../../../src/pipeline/samples/recordCoding.ts";
import { writeCodings } from "../../../src/pipeline/samples/writeCodings.ts";
import { tableFormatOf } from "../../../src/tables/tableFormat.ts";
import { readCsv } from "../classifyInTest.ts";
import { plainRun } from "../plainRun.ts";
import { plainSample } from "./plainSample.ts";

/** A sample that two coders and an adjudicator have coded, one of them twice, and one who took an answer back. */
function codedStudy() {
  const { folder, study, run } = plainRun({
    sizes: [9, 9],
    names: ["=1+1", "unsure"],
    unitName: (position) => `@pictures/${position}.jpg`,
  });
  const sample = plainSample(study, run, { perCategory: 3 });
  const code = (place: number, coder: string, changes: Partial<GivenCoding>) => {
    const written = recordCoding(study, sample, {
      place,
      coder,
      role: "coder",
      variable: "category",
      answer: changes.value === undefined ? "unsure" : "category",
      value: undefined,
      note: "",
      seconds: 1.5,
      source: "screen",
      codedAt: "2026-05-03T10:00:00.000Z",
      seen: 0,
      ...changes,
    });
    return "added" in written ? written.added.id : 0;
  };
  const first = code(0, "-Anna", { value: "unsure" });
  code(0, "-Anna", { value: "=1+1", note: "=HYPERLINK(1)\n2", seen: first });
  code(1, "-Anna", {});
  code(0, "Ben", { answer: "uncodable", seconds: undefined });
  const taken = code(2, "Ben", { value: "unsure" });
  code(2, "Ben", { answer: "withdrawn", seen: taken });
  code(0, "Ben", { role: "adjudicator", value: "unsure" });
  return { folder, study, run, sample };
}

describe("the table of codings", () => {
  it("has a row for each coder and image, and no cell that a spreadsheet runs", async () => {
    const { folder, study, sample } = codedStudy();
    const path = join(folder, "codings.csv");
    expect(await writeCodings(study, sample, path, { format: tableFormatOf(path) })).toBe(4);
    const members = study.samples.members(sample.id);
    const rows = readCsv(readFileSync(path, "utf8"));
    expect(Object.keys(rows[0] ?? {}).join()).toBe(
      "unit,coder,category,note,seconds,sha256,role,answer,source,coded_at",
    );
    expect(rows[0]).toEqual({
      unit: `'${members[0]?.name}`,
      coder: "'-Anna",
      category: "'=1+1",
      note: "'=HYPERLINK(1)\n2",
      seconds: "1.5",
      sha256: members[0]?.sha256,
      role: "coder",
      answer: "category",
      source: "screen",
      coded_at: "2026-05-03T10:00:00.000Z",
    });
    expect(
      rows.map(({ coder, category, answer, role, seconds }) => [coder, category, answer, role, seconds]),
    ).toEqual([
      ["'-Anna", "'=1+1", "category", "coder", "1.5"],
      ["Ben", "uncodable", "uncodable", "coder", ""],
      ["Ben", "unsure", "category", "adjudicator", "1.5"],
      ["'-Anna", "unsure (no category)", "unsure", "coder", "1.5"],
    ]);
    expect(await writeCodings(study, sample, path, { format: tableFormatOf(path), history: true })).toBe(7);
    expect(readCsv(readFileSync(path, "utf8")).map(({ answer }) => answer)).toContain("withdrawn");
  });

  it.each([".csv", ".tsv", ".jsonl", ".parquet"])("comes back as it was, through %s", async (ending) => {
    const { folder, study, run, sample } = codedStudy();
    const path = join(folder, `codings${ending}`);
    await writeCodings(study, sample, path, { format: tableFormatOf(path) });
    const other = plainSample(study, run, { name: "again", perCategory: 3 });
    await importCodings(study, other, [path], { now: "2026-06-01T00:00:00.000Z" });
    const said = (sampleId: number) =>
      study.codings
        .newest(sampleId)
        .filter(({ answer }) => answer !== "withdrawn")
        .map(({ id: _, sampleId: __, source: ___, ...coding }) => coding);
    expect(said(other.id)).toEqual(said(sample.id));
    // In the sample that it came from all of it is known.
    expect(await importCodings(study, sample, [path], { now: "" })).toMatchObject({ added: 0 });
  });

  it("never takes the place of a table that a coder filled in", async () => {
    const { folder, study, sample } = codedStudy();
    const path = join(folder, "mine.csv");
    writeFileSync(path, "unit,coder,category,note,seconds\na.jpg,Anna,Trees,,\n");
    await expect(writeCodings(study, sample, path, { format: tableFormatOf(path) })).rejects.toThrow(
      /not overwritten/,
    );
  });
});
