import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Unit } from "../../src/images/unit.ts";
import { openUnitReader } from "../../src/images/unitReader.ts";
import { tableUnits } from "../../src/pipeline/tableUnits.ts";
import { openTable } from "../../src/tables/openTable.ts";
import { readReferenceImage } from "../images/reference.ts";
import { zipFile } from "../images/zipFile.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { writeFiles } from "./classifyInTest.ts";

const png = readReferenceImage("upscale-9x9.png");
const jpeg = readReferenceImage("gray.jpg");

/** The units of a JSON Lines table with these cells in its only column. */
async function unitsOf(folder: string, cells: readonly unknown[], name = "t.jsonl"): Promise<Unit[]> {
  writeFiles(folder, { [name]: cells.map((image) => `${JSON.stringify({ image })}\n`).join("") });
  const reader = openUnitReader();
  onTestFinished(() => reader.close());
  const units: Unit[] = [];
  for await (const unit of tableUnits(await openTable(join(folder, name)), 0, reader)) units.push(unit);
  return units;
}

async function outcomeOf(unit: Unit | undefined): Promise<string> {
  return (unit as Unit).read().then(
    (bytes) => (bytes.equals(png) ? "png" : bytes.equals(jpeg) ? "jpeg" : "other"),
    (error) => `${error.code}: ${error.message}`,
  );
}

describe("tableUnits", () => {
  it("looks for a path beside the table first, then in the current folder, and takes whole paths as they are", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      "tables/both.png": png,
      "work/both.png": jpeg,
      "work/here.png": jpeg,
      "whole.png": png,
    });
    const before = process.cwd();
    process.chdir(join(folder, "work"));
    onTestFinished(() => process.chdir(before));
    const cells = ["both.png", "here.png", join(folder, "whole.png"), "../whole.png", "none.png"];
    const units = await unitsOf(join(folder, "tables"), cells);
    expect(units.map(({ name }) => name)).toEqual(cells);
    expect(units.map(({ rowNumber }) => rowNumber)).toEqual([1, 2, 3, 4, 5]);
    expect(units.map(({ path }) => path)).toEqual(
      ["tables/both.png", "work/here.png", "whole.png", "whole.png", "tables/none.png"].map((path) =>
        join(folder, path),
      ),
    );
    expect(await Promise.all(units.map(outcomeOf))).toEqual([
      "png",
      "jpeg",
      "png",
      "png",
      "missing_file: there is no such file",
    ]);
  });

  it("keeps a row whose cell is empty or a web address, and says why it has no image", async () => {
    const folder = temporaryFolder();
    const cells = [
      null,
      "",
      "  ",
      "https://example.org/a.jpg",
      "HTTP://example.org/a.jpg",
      "s3://bucket/a.jpg",
      "data:image/png;base64,AA",
    ];
    const units = await unitsOf(folder, cells);
    expect(units.map(({ name }) => name)).toEqual(["", ...cells.slice(1)]);
    const outcomes = await Promise.all(units.map(outcomeOf));
    expect(outcomes.slice(0, 3)).toEqual(Array(3).fill("missing_file: the row names no image"));
    expect(outcomes.slice(3)).toEqual(
      Array(4).fill("missing_file: this is a web address: download the images first"),
    );
    await expect(units[3]?.fileState()).rejects.toMatchObject({ code: "missing_file" });
  });

  it("overlooks blanks round a path, unless the file is called so", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { "a.png": png, " b.png": jpeg, "b.png": png });
    const units = await unitsOf(folder, [" a.png", "a.png\t", " b.png", "b.png"]);
    expect(units.map(({ name }) => name)).toEqual([" a.png", "a.png\t", " b.png", "b.png"]);
    expect(await Promise.all(units.map(outcomeOf))).toEqual(["png", "png", "jpeg", "png"]);
  });

  it("takes a number for a file's name", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { "1234567890123456789": png, "12": jpeg });
    writeFiles(folder, { "n.jsonl": '{"image": 1234567890123456789}\n{"image": 12}\n' });
    const reader = openUnitReader();
    const outcomes: string[] = [];
    for await (const unit of tableUnits(await openTable(join(folder, "n.jsonl")), 0, reader)) {
      outcomes.push(await outcomeOf(unit));
    }
    expect(outcomes).toEqual(["png", "jpeg"]);
  });

  it("reads images within archives, as the results table of an archive names them", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      "sub/a.zip": zipFile([{ name: "x/b.png", bytes: png }]),
      "folder.zip!/c.jpg": jpeg,
      "bad.zip": "no archive",
    });
    const cells = [
      "sub/a.zip!/x/b.png",
      "sub/a.zip!/none.png",
      "gone.zip!/b.png",
      "bad.zip!/b.png",
      "folder.zip!/c.jpg",
    ];
    const units = await unitsOf(folder, cells);
    expect(units.map(({ name }) => name)).toEqual(cells);
    expect(await Promise.all(units.map(outcomeOf))).toEqual([
      "png",
      "missing_file: the archive has no such file",
      "missing_file: its archive cannot be read",
      "missing_file: its archive cannot be read",
      "jpeg",
    ]);
  });

  it("says what is wrong with a cell that names something else", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "sub"));
    writeFiles(folder, { "empty.jpg": "" });
    const units = await unitsOf(folder, ["sub", "empty.jpg", "a\0b.jpg", `${"x".repeat(5000)}.jpg`]);
    const codes = (await Promise.all(units.map(outcomeOf))).map((outcome) => outcome.split(":")[0]);
    expect(codes).toEqual(["not_a_regular_file", "empty_file", "unreadable_name", "unreadable_name"]);
  });

  it("reads the file as it is when its turn comes", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { "a.png": png });
    const [unit] = await unitsOf(folder, ["a.png"]);
    rmSync(join(folder, "a.png"));
    expect(await outcomeOf(unit)).toMatch(/^missing_file/);
  });
});
