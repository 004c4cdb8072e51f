import { appendFileSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { Encoder } from "../../src/model/openEncoder.ts";
import { writeResults } from "../../src/pipeline/writeResults.ts";
import { openTable } from "../../src/tables/openTable.ts";
import { golden, readReferenceImage, referenceFolder } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { loadTinyModel } from "../tinyModels.ts";
import { type CsvRow, classifyNames, pictures, readCsv, writeFiles } from "./classifyInTest.ts";

const images = join(referenceFolder, "images");
const phrases = Object.values(golden.codebook).flat();
const categories = Object.keys(golden.codebook);

let encoder: Encoder;
beforeAll(async () => {
  encoder = await loadTinyModel("clip");
});
afterAll(() => encoder.close());

describe("the results table", () => {
  it("has the reference's answers: probabilities within 5 points wherever it is sure", async () => {
    const { writeText } = await classifyNames([images], encoder);
    const rows = new Map(
      readCsv(await writeText("t.csv")).map((row) => [row.Image?.slice(images.length + 1), row]),
    );
    const clear = golden.table.filter(
      (row) => row.margin_percent > 3 && row.Image !== "exif-orientation-6.jpg",
    );
    expect(clear.length).toBeGreaterThan(20);
    for (const expected of clear) {
      const row = rows.get(expected.Image) as CsvRow;
      expect(row).toMatchObject({
        Classification: expected.Classification,
        "Classification Label": expected["Classification Label"],
      });
      const difference = Number(row["Classification Probability"]) - expected["Classification Probability"];
      expect(Math.abs(difference), expected.Image).toBeLessThan(5);
    }
  });

  it("has all phrases' probabilities near the reference's", async () => {
    const { writeText } = await classifyNames([images], encoder);
    const rows = readCsv(await writeText("t.csv", { allScores: true }));
    for (const { image, clip } of golden.images.filter(({ image }) => image !== "exif-orientation-6.jpg")) {
      const row = rows.find((candidate) => candidate.Image === `${images}/${image}`) as CsvRow;
      phrases.forEach((phrase, p) => {
        const own = Number(row[`Classification Probability: ${phrase}`]);
        expect(Math.abs(own - (clip.probabilities_percent[p] as number)), `${image}: ${phrase}`).toBeLessThan(
          5,
        );
      });
    }
  });

  it("has the notebook's columns, probabilities with two decimals, and an Error column only when needed", async () => {
    const folder = pictures();
    const good = await classifyNames([join(folder, "*.{webp,png}")], encoder);
    const [header, ...lines] = (await good.writeText("t.csv")).trimEnd().split("\n");
    expect(header).toBe("Image,Classification,Classification Label,Classification Probability");
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/,\d{1,3}\.\d\d$/);
    const mixed = await classifyNames([folder], encoder);
    const rows = readCsv(await mixed.writeText("t.csv"));
    expect(Object.keys(rows[0] as CsvRow)).toEqual([
      ...(header as string).split(","),
      "Classification Error",
    ]);
    expect(rows[0]).toEqual({
      Image: `${folder}/bad.jpg`,
      Classification: "",
      "Classification Label": "",
      "Classification Probability": "",
      "Classification Error": "not_an_image: the file is no image but an HTML page: a failed download?",
    });
    expect(rows.slice(1).map((row) => row["Classification Error"])).toEqual(["", "", ""]);
  });

  it("names its columns as the user wants", async () => {
    const { writeText } = await classifyNames([pictures()], encoder);
    const text = await writeText("t.csv", { columnName: "Theme" });
    expect(text.split("\n")[0]).toBe("Image,Theme,Theme Label,Theme Probability,Theme Error");
    const top = await writeText("u.csv", { columnName: "Theme", top: 1 });
    expect(top.split("\n")[0]).toBe("Image,Theme_1,Theme_label_1,Theme_prob_1,Theme Error");
  });

  it("goes to a stream as well, which stays open", async () => {
    const { study, run, write } = await classifyNames([pictures()], encoder);
    const chunks: Buffer[] = [];
    const stream = new Writable({
      write: (chunk, _, done) => {
        chunks.push(Buffer.from(chunk));
        done();
      },
    });
    const format = { kind: "csv", delimiter: ",", bom: false, newline: "\n" } as const;
    await writeResults(study, run, stream, { format });
    expect(Buffer.concat(chunks).equals(readFileSync(await write("t.csv")))).toBe(true);
    expect(stream.writableEnded).toBe(false);
  });
});

describe("more than the best answer", () => {
  it.each([
    ["max", phrases],
    ["sum", categories],
    ["mean", categories],
  ] as const)("under the scoring %s", async (scoring, compared) => {
    const { writeText } = await classifyNames([pictures()], encoder, { scoring });
    const plain = readCsv(await writeText("plain.csv"));
    const rows = readCsv(await writeText("t.csv", { top: 3, allScores: true }));
    expect(Object.keys(rows[0] as CsvRow).slice(10)).toEqual([
      ...compared.map((name) => `Classification Probability: ${name}`),
      "Classification Error",
    ]);
    rows.forEach((row, r) => {
      const all = compared.map((name) => row[`Classification Probability: ${name}`] as string);
      if (row["Classification Error"] !== "") {
        expect(new Set([...all, ...Object.values(row).slice(1, 10)])).toEqual(new Set([""]));
        return;
      }
      const probabilities = all.map(Number);
      // Each of them is rounded to two decimals.
      expect(Math.abs(probabilities.reduce((a, b) => a + b) - 100)).toBeLessThan(0.005 * all.length);
      const best = probabilities.toSorted((a, b) => b - a);
      const answers = [1, 2, 3].map((i) => ({
        name: row[`Classification_${i}`] as string,
        label: row[`Classification_label_${i}`] as string,
        probability: Number(row[`Classification_prob_${i}`]),
      }));
      expect(answers.map(({ probability }) => probability)).toEqual(best.slice(0, 3));
      for (const { name, label, probability } of answers) {
        expect(golden.codebook[name]).toContain(label);
        const key = scoring === "max" ? label : name;
        expect(Number(row[`Classification Probability: ${key}`])).toBe(probability);
      }
      expect([answers[0]?.name, answers[0]?.label]).toEqual([
        plain[r]?.Classification,
        plain[r]?.["Classification Label"],
      ]);
      expect(answers[0]?.probability).toBe(Number(plain[r]?.["Classification Probability"]));
    });
  });

  it("stay with their rows in a run of thousands", async () => {
    const folder = pictures();
    const names = ["gray.jpg", "bad.jpg", "photo.webp", "palette.png", "none.jpg"];
    writeFiles(folder, { "t.csv": `image\n${`${names.join("\n")}\n`.repeat(1500)}` });
    const { writeText } = await classifyNames([join(folder, "t.csv")], encoder);
    const [, ...lines] = (await writeText("t.csv", { top: 2, allScores: true })).trimEnd().split("\n");
    expect(lines).toHaveLength(7500);
    const first = lines.slice(0, 5);
    expect(new Set(first.map((line) => line.replace(/^[^,]*,[^,]*/, ""))).size).toBe(5);
    expect(lines.every((line, i) => line === first[i % 5])).toBe(true);
  });

  it("are refused where there are fewer than asked for", async () => {
    const codebookText = { A: ["a tree", "a wood"], B: ["a house"] };
    const { writeText } = await classifyNames([join(images, "gray.jpg")], encoder, { codebookText });
    const [row] = readCsv(await writeText("t.csv", { top: 3 }));
    expect([row?.Classification_1, row?.Classification_2, row?.Classification_3].toSorted()).toEqual([
      "A",
      "A",
      "B",
    ]);
    await expect(writeText("t.csv", { top: 4 })).rejects.toThrow("only 3");
    const mean = await classifyNames([join(images, "gray.jpg")], encoder, { codebookText, scoring: "mean" });
    await expect(mean.writeText("t.csv", { top: 3 })).rejects.toThrow("only 2");
  });
});

describe("a spreadsheet", () => {
  it("runs nothing that Clipbook writes, and finds the user's own cells as they were", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      "-x.jpg": readReferenceImage("gray.jpg"),
      "@bad.jpg": "",
      "t.csv": "image,=own\n-x.jpg,=1+1\n",
    });
    const before = process.cwd();
    process.chdir(folder);
    onTestFinished(() => process.chdir(before));
    const codebookText = { "=cmd|' /C calc'!A0": ["+a tree"] };
    const { writeText } = await classifyNames(["-x.jpg", "@bad.jpg"], encoder, { codebookText });
    const text = await writeText("t.csv", { columnName: "=Evil" });
    expect(text.split("\n")[0]).toBe("Image,'=Evil,'=Evil Label,'=Evil Probability,'=Evil Error");
    const rows = readCsv(text);
    expect(Object.values(rows[0] as CsvRow)).toEqual([
      "'-x.jpg",
      "'=cmd|' /C calc'!A0",
      "'+a tree",
      "100.00",
      "",
    ]);
    expect(rows[1]?.Image).toBe("'@bad.jpg");
    expect(JSON.parse((await writeText("t.jsonl")).split("\n")[0] as string)).toMatchObject({
      Image: "-x.jpg",
      Classification: "=cmd|' /C calc'!A0",
    });
    const table = await classifyNames(["t.csv"], encoder, { codebookText });
    expect(await table.writeText("u.csv")).toMatch(/^image,=own,Image,.*\n-x\.jpg,=1\+1,'-x\.jpg,'=cmd/);
  });
});

describe("nothing is left behind", () => {
  const longTable = (rows: number) => `image,text\n${`gray.jpg,${"x".repeat(400)}\n`.repeat(rows)}`;

  /** Paths that this process has open. */
  function openPaths(): string[] {
    return readdirSync("/proc/self/fd").flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/self/fd/${fd}`)];
      } catch {
        return []; // The folder's own descriptor is gone by now.
      }
    });
  }

  it("when the table grows, shrinks or changes between classification and writing", async () => {
    const changes: readonly ((path: string) => void)[] = [
      (path) => appendFileSync(path, "gray.jpg,more\n"),
      (path) => writeFileSync(path, longTable(2)),
      (path) => writeFileSync(path, longTable(3).replaceAll("x", "y")),
    ];
    for (const change of changes) {
      const folder = pictures();
      const path = join(folder, "t.csv");
      writeFiles(folder, { "t.csv": longTable(3) });
      const { write, folder: out } = await classifyNames([path], encoder);
      change(path);
      const failure = await write("out.csv").catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UserError);
      expect((failure as UserError).message).toMatch(/t\.csv: the (table changed|file was changed)/);
      expect(readdirSync(out).toSorted()).toEqual(["codebook.json", "study"]);
    }
  });

  it("when another table is given than the one that was classified", async () => {
    const folder = pictures();
    writeFiles(folder, { "t.csv": longTable(3), "longer.csv": longTable(2000), "shorter.csv": longTable(2) });
    const { write, folder: out } = await classifyNames([join(folder, "t.csv")], encoder);
    await write("out.csv");
    const before = readFileSync(join(out, "out.csv"), "utf8");
    for (const name of ["longer.csv", "shorter.csv"]) {
      const table = await openTable(join(folder, name));
      await expect(write("out.csv", { table })).rejects.toThrow("the table changed while it was classified");
    }
    expect(readFileSync(join(out, "out.csv"), "utf8")).toBe(before);
    expect(readdirSync(out).toSorted()).toEqual(["codebook.json", "out.csv", "study"]);
    if (process.platform === "linux") {
      expect(openPaths().filter((path) => path.startsWith(folder))).toEqual([]);
    }
  });

  it("when a table is given that was not classified at all", async () => {
    const folder = pictures();
    writeFiles(folder, { "t.csv": "image\ngray.jpg\n" });
    const { write } = await classifyNames([join(folder, "gray.jpg")], encoder);
    const table = await openTable(join(folder, "t.csv"));
    await expect(write("out.csv", { table })).rejects.toThrow("the table changed while it was classified");
  });

  it("when it is interrupted", async () => {
    const folder = pictures();
    writeFiles(folder, { "t.csv": longTable(2000) });
    const { write, folder: out } = await classifyNames([join(folder, "t.csv")], encoder);
    const abort = new AbortController();
    const writing = write("out.csv", { signal: abort.signal });
    setImmediate(() => abort.abort());
    expect(await writing.catch((error: unknown) => error)).toBe(abort.signal.reason);
    expect(readdirSync(out).toSorted()).toEqual(["codebook.json", "study"]);
  });
});
