import { describe, expect, it } from "vitest";
import { importStudy, now } from "./importStudy.ts";

describe("tables of codings", () => {
  it("are read with a byte-order mark, semicolons, decimal commas, and names that are quoted", async () => {
    const { study, sample, write, importing, stored, sha, name } = importStudy();
    const quoted = `"${name(0).replaceAll('"', '""')}"`;
    const text = [
      "\ufeffUnit;Coder;Category;Note;Seconds",
      `${quoted};Anna;Trees;"a;b";3,5`,
      `${sha(1).toUpperCase()};Anna;unsure;;`,
      `${sha(1)};Ben;Uncodable;;12`,
      `${sha(2)};Ben;;;`,
      "",
    ].join("\r\n");
    expect(await importing(write(".csv", text))).toMatchObject({
      added: 3,
      newCoders: ["Anna", "Ben"],
      files: [{ source: "csv", coders: ["Anna", "Ben"], codings: 3, unanswered: 1 }],
    });
    expect(stored()).toEqual([
      [0, "Anna", "Trees", "csv"],
      [1, "Anna", "unsure", "csv"],
      [1, "Ben", "uncodable", "csv"],
    ]);
    const [first] = study.codings.history(sample.id);
    expect(first).toMatchObject({ note: "a;b", seconds: 3.5, codedAt: now });
  });

  it("may name any unit that shows the image", async () => {
    const { study, run, members, write, importing, stored } = importStudy();
    const drawn = members[3];
    const twin = [...study.runs.rows(run.id)].find(
      ({ imageId, position }) => imageId === drawn?.imageId && position !== drawn?.position,
    );
    const text = JSON.stringify({ unit: twin?.unit.name, coder: "Anna", category: "Houses" });
    await importing(write(".jsonl", `${text}\n`));
    expect(stored()).toEqual([[3, "Anna", "Houses", "csv"]]);
  });

  it("need no column for the coder where --coder tells, and no other coder is taken then", async () => {
    const { write, importing, refused, stored, sha } = importStudy();
    const file = write(".csv", `unit,category\n${sha(0)},Trees\n`);
    expect(await refused(file)).toMatch(/no column "coder".*--coder/);
    await importing(file, { coders: { only: "Ben" } });
    expect(stored()).toEqual([[0, "Ben", "Trees", "csv"]]);
    const named = write(".csv", `unit,coder,category\n${sha(0)},ben,Trees\n`);
    expect(await refused(named)).toMatch(/the coder "ben" is not known, but "Ben" is \|.*--coder "ben=Ben"/);
    expect(await refused(named, { coders: { only: "Anna" } })).toMatch(/codings of "ben", not of "Anna"/);
    expect(await importing(named, { coders: { renamed: new Map([["ben", "Ben"]]) } })).toMatchObject({
      added: 0,
    });
  });

  it("take the words of other answers for categories where the codebook has them", async () => {
    const { write, importing, stored, sha } = importStudy(["unsure", "=Houses"]);
    const text = [
      "unit,coder,category,answer",
      `${sha(0)},A,unsure,`,
      `${sha(1)},A,unsure (no category),`,
      `${sha(2)},A,unsure,unsure`,
      `${sha(3)},A,'=Houses,category`,
      "",
    ].join("\n");
    await importing(write(".csv", text));
    expect(stored().map(([place, , said]) => [place, said])).toEqual([
      [0, "unsure"],
      [1, "unsure"],
      [2, "unsure"],
      [3, "=Houses"],
    ]);
  });

  it.each([
    [
      "an unknown image",
      (sha: string) => `nothing-of-${sha}.jpg,A,Trees,,`,
      /:2: there is no image "nothing-of-/,
    ],
    [
      "an unknown category",
      (sha: string) => `${sha},A,Tree,,`,
      /:2: .* no category "Tree" \| write one of "Trees"/,
    ],
    ["nobody", (sha: string) => `${sha},,Trees,,`, /:2: nobody is named/],
    ["no number", (sha: string) => `${sha},A,Trees,,fast`, /:2: "fast" is no number of seconds/],
    ["a negative number", (sha: string) => `${sha},A,Trees,,-1`, /no number of seconds/],
    [
      "a contradiction",
      (sha: string) => `${sha},A,Trees,,\n${sha},A,Houses,,`,
      /:3: A coded .* the same file also says "Trees"/,
    ],
    ["too few cells", (sha: string) => `${sha},A`, /:2: 2 cells/],
  ])("are refused for %s, by line, and nothing is taken in", async (_, row, expected) => {
    const { write, refused, stored, coders, sha } = importStudy();
    const text = `unit,coder,category,note,seconds\n${row(sha(0))}\n`;
    expect(await refused(write(".csv", text))).toMatch(expected);
    // To replace is no way out of a file that contradicts itself.
    expect(await refused(write(".csv", text), { replace: true })).toMatch(expected);
    expect(stored()).toEqual([]);
    expect(coders()).toEqual([]);
  });

  it("tell an image that was not drawn from one that there is not", async () => {
    const { study, run, members, write, refused } = importStudy();
    const drawn = new Set(members.map(({ imageId }) => imageId));
    const left = [...study.runs.rows(run.id)].find(
      ({ imageId }) => imageId !== undefined && !drawn.has(imageId),
    );
    const text = JSON.stringify({ unit: left?.unit.name, coder: "Anna", category: "Houses" });
    expect(await refused(write(".jsonl", `${text}\n`))).toContain("is not one of the images of sample");
  });
});
