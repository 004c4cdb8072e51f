import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import sharp from "sharp";
import { expect, it, onTestFinished } from "vitest";
import { makeOverview } from "../../src/pipeline/makeOverview.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { writeResults } from "../../src/pipeline/writeResults.ts";
import { renderOverview } from "../../src/report/renderOverview.tsx";
import { createApp } from "../../src/server/createApp.ts";
import { tableFormatOf } from "../../src/tables/tableFormat.ts";
import { makeHostileTree } from "../hostileTree.ts";
import { parsePage, textOf } from "../report/parsePage.ts";
import { contextOf } from "../server/serveStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { classifyInto } from "../web/classifyInto.ts";
import { readCsv } from "./classifyInTest.ts";

it("every file of a hostile folder has one row, under its own name, all the way to tables, page and app", async () => {
  const { folder, rows, ignored } = makeHostileTree();
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  const studyFolder = temporaryFolder();
  await classifyInto(studyFolder, ["tree"]);
  const { context, close } = contextOf(studyFolder);
  onTestFinished(close);
  const { study } = context;
  const run = study.runs.maybeNewest();
  if (run === undefined) throw new Error("there is no run");
  const found = [...study.runs.rows(run.id)];
  const outcomes = new Map(
    found.map(({ unit, failure }) => [unit.name, failure === undefined ? "read" : failure.code]),
  );
  const expected = [...rows].map(([name, row]) => [name, typeof row === "string" ? row : "read"] as const);
  expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(expected));
  const names = found.map(({ unit }) => unit.name);
  expect(names).toHaveLength(rows.size);
  // Names that are no UTF-8 are ordered by their own bytes, and a folder that could not be walked by its slash.
  const keys = names
    .filter((name) => !name.includes("\\x"))
    .map((name) => Buffer.from(/\/(out|up)$/.test(name) ? `${name}/` : name));
  expect(keys).toEqual(keys.toSorted(Buffer.compare));
  expect(run.ignoredFiles).toBe(ignored);

  const codes = names.map((name) => outcomes.get(name) as string);
  const write = async (name: string) => {
    const path = join(studyFolder, name);
    await writeResults(study, run, path, {
      format: tableFormatOf(path),
      table: undefined,
      imageColumn: undefined,
    });
    return path;
  };
  const codeOf = (row: Readonly<Record<string, unknown>>) =>
    String(row["Classification Error"] ?? "").split(":")[0] || "read";
  const csv = await write("r.csv");
  const csvRows = readCsv(readFileSync(csv, "utf8"));
  expect(csvRows.map(({ Image }) => Image)).toEqual(names);
  expect(csvRows.map(codeOf)).toEqual(codes);
  const lines = readFileSync(await write("r.jsonl"), "utf8")
    .trimEnd()
    .split("\n");
  const jsonRows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(jsonRows.map(({ Image }) => Image)).toEqual(names);
  expect(jsonRows.map(codeOf)).toEqual(codes);
  const parquet = readFileSync(await write("r.parquet"));
  const parquetRows = await parquetReadObjects({ file: new Uint8Array(parquet).buffer });
  expect(parquetRows.map(({ Image }) => Image)).toEqual(names);
  expect(parquetRows.map(codeOf)).toEqual(codes);
  // Reasons go into tables that people share.
  expect(readFileSync(csv, "utf8")).not.toContain(folder);

  // The table of results is an input in its turn, and finds the same pictures.
  const inputs = await openInputs([csv], "Image");
  onTestFinished(() => inputs.close());
  const again: string[] = [];
  for await (const unit of inputs.units()) {
    if ("ignored" in unit) throw new Error("a table has rows only");
    const bytes = await unit.read().catch((error: { code: string }) => error.code);
    again.push(typeof bytes === "string" ? bytes : bytes.toString("latin1"));
  }
  expect(again).toHaveLength(names.length);
  names.forEach((name, i) => {
    const colour = rows.get(name);
    if (typeof colour === "string" || name.endsWith("\\xfc.png")) return;
    expect(again[i], name).toBe(readFileSync(name).toString("latin1"));
  });

  const overview = await makeOverview(study, run, { writtenAt: "2026-01-01T00:00:00Z", perCategory: 100 });
  const text = textOf(parsePage(renderOverview(overview)));
  // A page cannot show control characters as they are, and shows no image twice.
  const printable = names.filter((name) => !/\p{Cc}|inside\.jpg$/u.test(name));
  expect(printable.filter((name) => !text.includes(name))).toEqual([]);

  const app = createApp({
    context,
    access: { hosts: ["localhost"], token: undefined },
    webFolder: studyFolder,
  });
  for (const { name, position, imageId, unitId } of study.units
    .rowsAt(
      run.id,
      names.map((_, i) => i),
    )
    .map((row) => ({ ...row, name: row.unit.name }))) {
    const colour = rows.get(name);
    if (typeof colour === "string") continue;
    const response = await app.request(`/api/images/${imageId}/thumbnail?px=192&unit=${unitId}`, {
      headers: { host: "localhost" },
    });
    expect(response.status, `${position}: ${name}`).toBe(200);
    const { channels } = await sharp(Buffer.from(await response.arrayBuffer())).stats();
    channels.forEach(({ mean }, i) => {
      expect(Math.abs(mean - (colour?.[i] ?? 0)), name).toBeLessThan(6);
    });
  }
});

it("a table whose paths are written in another form of Unicode finds the files, and never guesses between two", async () => {
  const folder = temporaryFolder();
  const files = ["\u00e4.jpg", "o\u0308.jpg", "\u1e69.jpg", "s\u0323\u0307.jpg", "u\u0323\u0308.jpg"];
  for (const name of files) writeFileSync(join(folder, name), name);
  const cells = [
    ["a\u0308.jpg", "\u00e4.jpg"],
    ["\u00f6.jpg", "o\u0308.jpg"],
    // Composed and decomposed form are both there: the exact one, or none.
    ["\u1e69.jpg", "\u1e69.jpg"],
    ["s\u0323\u0307.jpg", "s\u0323\u0307.jpg"],
    ["\u1e63\u0307.jpg", "missing_file"],
    ["s\u0307\u0323.jpg", "missing_file"],
    // Neither form: marks in an order of their own.
    ["u\u0308\u0323.jpg", "u\u0323\u0308.jpg"],
    ["\u00eb.jpg", "missing_file"],
    ["\ud800.jpg", "unreadable_name"],
  ];
  const table = join(folder, "t.jsonl");
  writeFileSync(table, cells.map(([image]) => `${JSON.stringify({ image })}\n`).join(""));
  const inputs = await openInputs([table], "image");
  onTestFinished(() => inputs.close());
  const found: string[][] = [];
  for await (const unit of inputs.units()) {
    if ("ignored" in unit) throw new Error("a table has rows only");
    const outcome = await unit.read().then(String, (error: { code: string }) => error.code);
    found.push([unit.name, outcome]);
  }
  expect(found).toEqual(cells);
});
