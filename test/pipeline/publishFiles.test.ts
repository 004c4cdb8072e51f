import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { publishFiles } from "../../src/pipeline/publishFiles.ts";
import { temporaryPath } from "../../src/temporaryFile.ts";
import { asNobody } from "../asNobody.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const stem = "2025-03-01-CLIP-Classification";

/** Finished files in a folder, each with its ending as its text. */
function finished(folder: string, endings: readonly string[]) {
  return endings.map((ending) => {
    const temporary = temporaryPath(folder);
    writeFileSync(temporary, ending);
    return { temporary, ending };
  });
}

describe("publishFiles", () => {
  it("counts up, and never takes a name that is there", async () => {
    const folder = temporaryFolder();
    const names: (string | undefined)[] = [];
    for (let i = 0; i < 3; i++)
      names.push((await publishFiles(folder, stem, finished(folder, [".html"])))[0]);
    expect(names).toEqual(
      [`${stem}.html`, `${stem}-2.html`, `${stem}-3.html`].map((name) => join(folder, name)),
    );
    expect(readdirSync(folder)).toHaveLength(3);
    for (const name of names) expect(readFileSync(name as string, "utf8")).toBe(".html");
  });

  it("gives the files of one run the same number, and leaves no other behind", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, `${stem}.html`), "the user's");
    writeFileSync(join(folder, `${stem}-2.csv`), "the user's");
    const paths = await publishFiles(folder, stem, finished(folder, [".csv", ".html"]));
    expect(paths).toEqual([join(folder, `${stem}-3.csv`), join(folder, `${stem}-3.html`)]);
    expect(readdirSync(folder).toSorted()).toEqual(
      [`${stem}-2.csv`, `${stem}-3.csv`, `${stem}-3.html`, `${stem}.html`].toSorted(),
    );
    expect(readFileSync(join(folder, `${stem}.html`), "utf8")).toBe("the user's");
  });

  it("takes folders and broken links for names that are there", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, `${stem}.html`));
    symlinkSync("nowhere", join(folder, `${stem}-2.html`));
    expect(await publishFiles(folder, stem, finished(folder, [".html"]))).toEqual([
      join(folder, `${stem}-3.html`),
    ]);
    expect(existsSync(join(folder, "nowhere"))).toBe(false);
  });

  it("gives every one of many that ask at once a name of its own", async () => {
    const folder = temporaryFolder();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => publishFiles(folder, stem, finished(folder, [".csv", ".html"]))),
    );
    expect(new Set(all.flat()).size).toBe(40);
    expect(readdirSync(folder)).toHaveLength(40);
    for (const path of all.flat()) expect(path.endsWith(readFileSync(path, "utf8"))).toBe(true);
  });

  it("names nothing for nothing", async () => {
    expect(await publishFiles("/nowhere/at all", stem, [])).toEqual([]);
  });

  it("tells that a folder cannot be written, and names none of the files", async () => {
    const folder = temporaryFolder();
    const files = finished(folder, [".csv", ".html"]);
    chmodSync(folder, 0o555);
    const failure = await asNobody(() => publishFiles(folder, stem, files)).catch((error: unknown) => error);
    chmodSync(folder, 0o755);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message).toBe(
      `${join(folder, stem)}.csv: this file cannot be written: EACCES: permission denied`,
    );
    expect(readdirSync(folder).every((name) => name.endsWith(".tmp"))).toBe(true);
  });

  it("leaves no temporary file where a name cannot be given", async () => {
    const folder = temporaryFolder();
    const files = finished(folder, [".csv", "/in/no/folder"]);
    await expect(publishFiles(folder, stem, files)).rejects.toThrow("cannot be written: ENOENT");
    expect(readdirSync(folder)).toEqual([]);
  });
});
