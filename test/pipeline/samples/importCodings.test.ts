import { truncateSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { digestOfSample } from "../../../src/pipeline/samples/digestOfSample.ts";
import { importCodings } from "../../../src/pipeline/samples/importCodings.ts";
import { recordCoding } from "../../../src/pipeline/samples/recordCoding.ts";
import { importStudy, now } from "./importStudy.ts";
import { plainSample } from "./plainSample.ts";

describe("notes and seconds", () => {
  it("have one limit in all files, and what is at the limit is taken", async () => {
    const { write, importing, refused, offline, sha, name, stored, study, sample } = importStudy();
    const long = "n".repeat(4001);
    const quoted = (place: number) => `"${name(place).replaceAll('"', '""')}"`;
    const csv = (note: string, seconds: string) =>
      write(".csv", `unit,coder,category,note,seconds\n${quoted(0)},Anna,Trees,${note},${seconds}\n`);
    expect(await refused(write(".json", offline([{ note: long }])))).toMatch(
      /, coding 1: the note has 4001 characters; 4000 are the most \| shorten it/,
    );
    expect(await refused(write(".json", offline([{}, { seconds: 86_400.5 }])))).toMatch(
      /, coding 2: 86400.5 seconds on one image; 86400, a day, are the most \| /,
    );
    expect(await refused(csv(long, "1"))).toMatch(/\.csv:2: the note has 4001 characters/);
    expect(await refused(csv("", "86401"))).toMatch(/\.csv:2: 86401 seconds on one image/);
    const task = (place: number, text: string, lead_time: number) => ({
      data: { clipbook_image: sha(place) },
      annotations: [
        {
          completed_by: 1,
          lead_time,
          result: [
            { from_name: "category", type: "choices", value: { choices: ["Trees"] } },
            { from_name: "note", type: "textarea", value: { text: [text] } },
          ],
        },
      ],
    });
    expect(await refused(write(".json", JSON.stringify([task(0, long, 1)])))).toContain("4001 characters");
    expect(stored()).toEqual([]);
    expect(await importing(csv(long.slice(1), "86400"))).toMatchObject({ added: 1 });
    // A tab that was left open for a weekend measured nothing.
    await importing(write(".json", JSON.stringify([task(1, "", 200_000)])));
    expect(study.codings.history(sample.id).map(({ seconds }) => seconds)).toEqual([86_400, undefined]);
  });
});

describe("files of coding pages", () => {
  it("come twice also when a note has what no text can hold", async () => {
    const { write, importing, offline } = importStudy();
    const file = write(".json", offline([{ note: "half \ud83d, nothing \0." }]));
    expect(await importing(file)).toMatchObject({ added: 1 });
    expect(await importing(file)).toMatchObject({ added: 0 });
  });

  it("are taken in whole, with seconds, notes and times, and their coder", async () => {
    const { study, sample, write, importing, offline, coders } = importStudy();
    const file = write(
      ".json",
      `\ufeff${offline([{ note: "n" }, { answer: "unsure" }, { value: "Houses" }])}`,
    );
    expect(await importing(file)).toMatchObject({
      added: 3,
      newCoders: ["Anna"],
      files: [{ source: "offline", coders: ["Anna"], codings: 3, added: 3, known: 0, replaced: 0 }],
    });
    expect(study.codings.history(sample.id)[0]).toEqual({
      id: 1,
      sampleId: sample.id,
      place: 0,
      coder: "Anna",
      role: "coder",
      variable: "category",
      answer: "category",
      value: "Trees",
      note: "n",
      seconds: 2.5,
      source: "offline",
      codedAt: "2026-05-02T09:00:00.000Z",
    });
    expect(coders()).toEqual(["Anna coder"]);
  });

  it("add nothing when they come twice, or when an earlier one comes after a later one", async () => {
    const { write, importing, offline, stored } = importStudy();
    const earlier = write(".json", offline([{}, {}]));
    const later = write(
      ".json",
      offline([{}, { value: "Houses", codedAt: "2026-05-03T09:00:00.000Z" }, { answer: "uncodable" }]),
    );
    await importing(earlier);
    expect(await importing([earlier, earlier])).toMatchObject({
      added: 0,
      newCoders: [],
      files: [{ known: 2 }, { known: 2 }],
    });
    await importing(later);
    expect(await importing(earlier)).toMatchObject({ added: 0 });
    expect(stored()).toEqual([
      [0, "Anna", "Trees", "offline"],
      [1, "Anna", "Trees", "offline"],
      [1, "Anna", "Houses", "offline"],
      [2, "Anna", "uncodable", "offline"],
    ]);
  });

  it("are refused with both answers where they contradict, unless they are to replace", async () => {
    const { study, sample, write, importing, refused, offline, stored, name } = importStudy();
    const seen = {
      seen: 0,
      role: "coder",
      variable: "category",
      note: "",
      seconds: 1,
      codedAt: now,
    } as const;
    recordCoding(study, sample, {
      ...seen,
      place: 1,
      coder: "Anna",
      answer: "category",
      value: "Houses",
      source: "screen",
    });
    const file = write(".json", offline([{}, {}]));
    expect(await refused(file)).toBe(
      `${file}, coding 2: Anna coded ${JSON.stringify(name(1))} as "Trees", but the study has, from the screen at ` +
        `${now}, "Houses" | nothing was imported; with --replace the files count, and what was there stays in the history`,
    );
    expect(stored()).toHaveLength(1);
    expect(await importing(file, { replace: true })).toMatchObject({
      added: 2,
      files: [{ added: 2, replaced: 1 }],
    });
    expect(study.codings.newest(sample.id).map(({ value }) => value)).toEqual(["Trees", "Trees"]);
  });

  it("supersede what an earlier file of the same page said, and withdraw what was taken back since", async () => {
    const { study, sample, write, importing, refused, offline, stored } = importStudy();
    const first = write(".json", offline([{}, {}, {}, { answer: "unsure" }]));
    const later = "2026-05-03T09:00:00.000Z";
    const second = write(
      ".json",
      offline([
        {},
        { value: "Houses", codedAt: later },
        { answer: "withdrawn", codedAt: later },
        // Taken back and given anew.
        { answer: "unsure", note: "dark", codedAt: later },
        { answer: "withdrawn", codedAt: later },
      ]),
    );
    await importing(first);
    expect(await importing(second)).toMatchObject({
      added: 2,
      files: [{ codings: 3, added: 2, known: 1, replaced: 0, changed: 2, withdrawn: 1 }],
    });
    const standing = () =>
      study.codings.newest(sample.id).map(({ answer, value, note }) => `${value ?? answer} ${note}`.trim());
    expect(standing()).toEqual(["Trees", "Houses", "withdrawn", "unsure dark"]);
    // Neither file brings anything back.
    expect(await importing([first, second])).toMatchObject({
      added: 0,
      files: [
        { known: 4, withdrawn: 0 },
        { known: 3, withdrawn: 0 },
      ],
    });
    expect(stored()).toHaveLength(7);
    // What was never imported and is older than what came later is not wanted, either.
    const between = write(".json", offline([{ value: "Houses", codedAt: "2026-05-01T09:00:00.000Z" }]));
    expect(await importing(between)).toMatchObject({ added: 0, files: [{ known: 1 }] });
    // Another answer of the same moment is a contradiction.
    expect(await refused(write(".json", offline([{ value: "Houses" }])))).toContain("Anna coded");
    expect(standing()).toEqual(["Trees", "Houses", "withdrawn", "unsure dark"]);
  });

  it("take back nothing that was said elsewhere", async () => {
    const { write, importing, offline, stored, sha } = importStudy();
    await importing(write(".csv", `unit,coder,category\n${sha(0)},Anna,Houses\n`));
    const withdrawn = write(".json", offline([{ answer: "withdrawn" }]));
    expect(await importing(withdrawn, { replace: true })).toMatchObject({
      added: 0,
      files: [{ withdrawn: 0 }],
    });
    expect(stored()).toEqual([[0, "Anna", "Houses", "csv"]]);
  });

  it("are refused for a training round, whose first answers stay, also with --replace", async () => {
    const { study, run, offline, write } = importStudy();
    const training = plainSample(study, run, {
      name: "practice",
      purpose: "training",
      perCategory: 4,
      knownCategory: () => "Houses",
    });
    const file = write(
      ".json",
      offline([{}], { sample: "practice", sampleDigest: digestOfSample(study, training) }),
    );
    for (const replace of [false, true])
      await expect(importCodings(study, training, [file], { now, replace })).rejects.toThrow(
        'sample "practice" is a training round',
      );
    expect(study.codings.history(training.id)).toEqual([]);
  });

  it("do not bring back what was taken back on the screen", async () => {
    const { study, sample, write, importing, refused, offline } = importStudy();
    const file = write(".json", offline([{}]));
    await importing(file);
    const withdrawn = {
      answer: "withdrawn",
      value: undefined,
      note: "",
      seconds: undefined,
      codedAt: now,
    } as const;
    recordCoding(study, sample, {
      ...withdrawn,
      place: 0,
      coder: "Anna",
      role: "coder",
      variable: "category",
      source: "screen",
      seen: 1,
    });
    expect(await importing(file)).toMatchObject({ added: 0 });
    const changed = write(".json", offline([{ codedAt: "2026-05-02T09:30:00.000Z" }]));
    expect(await refused(changed)).toContain("withdrawn");
    expect(study.codings.newest(sample.id)[0]?.answer).toBe("withdrawn");
  });

  it("are refused when they are of another sample, altered, or no such file, and then nothing is taken in", async () => {
    const { study, run, write, refused, offline, stored, coders } = importStudy();
    const good = write(".json", offline([{}]));
    const other = plainSample(study, run, { name: "pilot", perCategory: 2 });
    const foreign = { sample: "pilot", sampleDigest: digestOfSample(study, other) };
    expect(await refused([good, write(".json", offline([{}], foreign))])).toMatch(
      /codings of sample "pilot", not of "test" \| give --sample "pilot"/,
    );
    const namesake = write(".json", offline([{}], { sampleDigest: "0".repeat(64) }));
    expect(await refused(namesake)).toContain("its images or categories are others");
    expect(await refused(write(".json", offline([{}]).replace("Trees", "Houses")))).toContain("checksum");
    // Whoever computes the checksum anew is held up by what the sample has.
    expect(await refused(write(".json", offline([{ value: "Cars" }])))).toMatch(
      /file-\d+\.json, coding 1: .*no category "Cars"/,
    );
    expect(await refused(write(".json", offline([{ image: "f".repeat(64) }])))).toContain(
      "there is no image",
    );
    expect(await refused(write(".json", offline([{}], { coder: "\u0007" })))).toMatch(
      /^\S+\.json: .*coder's name/,
    );
    expect(await refused(write(".json", offline([{}]).slice(0, -20)))).toMatch(/not valid JSON.*complete/);
    expect(await refused(write(".html", "<!DOCTYPE html>\n<title>Coding</title>"))).toMatch(
      /a page, and no codings.*Export codings/,
    );
    expect(await refused(write(".json", ""))).toContain("empty");
    expect(await refused(write(".json", Buffer.from([0xff, 0xfe, 0x7b, 0])))).toContain("UTF-8");
    expect(await refused(write(".json", "{}"))).toContain("neither a file of codings");
    const huge = write(".json", "[");
    truncateSync(huge, 64_000_001);
    expect(await refused(huge)).toContain("larger than 64 MB");
    const table = write(".csv", "unit,coder,category\n");
    truncateSync(table, 64_000_001);
    expect(await refused(table)).toContain("larger than 64 MB");
    expect(await refused("/nowhere/codings.json")).toContain("there is no such file");
    expect(await refused([good, "/nowhere/codings.csv"])).toContain("there is no such file");
    expect(stored()).toEqual([]);
    expect(coders()).toEqual([]);
  });
});
