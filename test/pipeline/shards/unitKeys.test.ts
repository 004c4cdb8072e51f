import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openInputs } from "../../../src/pipeline/openInputs.ts";
import { readReferenceImage } from "../../images/reference.ts";
import { zipFile } from "../../images/zipFile.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";

const png = readReferenceImage("upscale-9x9.png");

/** A folder with these pictures and tables, where short names can be given. */
function workIn(paths: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(paths)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  return folder;
}

/** The keys that are asked for when units are found, and when they are only counted. */
async function keysOf(...inputs: string[]): Promise<readonly string[]> {
  const opened = await openInputs(inputs);
  onTestFinished(() => opened.close());
  const keys: string[] = [];
  const names: string[] = [];
  const wants = (key: string) => keys.push(key) > 0;
  for await (const unit of opened.units(undefined, wants)) if (!("ignored" in unit)) names.push(unit.name);
  expect(names).toHaveLength(keys.length);
  const counted: string[] = [];
  const count = await opened.count(undefined, (key) => counted.push(key) > 0);
  expect(count).toBe(keys.length);
  expect([...counted].sort()).toEqual([...keys].sort());
  return [...keys].sort();
}

describe("a unit's key", () => {
  const tree = { "in/a.jpg": png, "in/sub/b.jpg": png, "in/sub/deep/c.png": png, "other/d.jpg": png };

  it("is its path in the folder, wherever that lies and however it is named", async () => {
    const folder = workIn(tree);
    const keys = ["a.jpg", "sub/b.jpg", "sub/deep/c.png"];
    for (const name of ["in", "in/", "./in", "in//", join(folder, "in"), "other/../in"])
      expect(await keysOf(name)).toEqual(keys);
    process.chdir("in");
    expect(await keysOf(".")).toEqual(keys);
    process.chdir("..");
    renameSync("in", "mounted elsewhere");
    expect(await keysOf("mounted elsewhere")).toEqual(keys);
  });

  it("does not hang on the order of the inputs", async () => {
    workIn(tree);
    const keys = ["a.jpg", "d.jpg", "sub/b.jpg", "sub/deep/c.png"];
    expect(await keysOf("in", "other")).toEqual(keys);
    expect(await keysOf("other", "in")).toEqual(keys);
  });

  it("goes on from the folder that a pattern looks into", async () => {
    const folder = workIn(tree);
    const keys = ["a.jpg", "sub/b.jpg", "sub/deep/c.png"];
    for (const pattern of ["in/*", "./in/*", `${folder}/in/*`, "in/{a.jpg,sub}"])
      expect(await keysOf(pattern)).toEqual(keys);
    expect(await keysOf("in/**/*.jpg")).toEqual(["a.jpg", "sub/b.jpg"]);
    expect(await keysOf("*/*.jpg")).toEqual(["in/a.jpg", "other/d.jpg"]);
  });

  it("is a named file's own name, and begins with the archive's for what is in one", async () => {
    workIn({ ...tree, "more/a.zip": zipFile([{ name: "x/y.jpg", bytes: png }]) });
    expect(await keysOf("in/sub/b.jpg", "more/a.zip")).toEqual(["a.zip!/x/y.jpg", "b.jpg"]);
    expect(await keysOf("more/*.zip")).toEqual(["a.zip!/x/y.jpg"]);
  });

  it("is a table's cell as it is written, also where the row names no image", async () => {
    workIn({
      ...tree,
      "rows.csv": "image\nin/a.jpg\nin/a.jpg\n./in/a.jpg\n,\nhttp://x/y.jpg\n".replace(",\n", '""\n'),
    });
    expect(await keysOf("rows.csv")).toEqual(["", "./in/a.jpg", "http://x/y.jpg", "in/a.jpg", "in/a.jpg"]);
  });

  it("leaves out what is not wanted, without looking for its file", async () => {
    workIn({ ...tree, "rows.csv": "image\nin/a.jpg\nnowhere.jpg\n" });
    const inputs = await openInputs(["rows.csv"]);
    onTestFinished(() => inputs.close());
    const units = await Array.fromAsync(inputs.units(undefined, (key) => key === "nowhere.jpg"));
    expect(units).toMatchObject([{ name: "nowhere.jpg", rowNumber: 2 }]);
  });
});
