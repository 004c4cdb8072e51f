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
import { removeReserved, reserveNames } from "../../src/pipeline/reserveNames.ts";
import { writeWhole } from "../../src/pipeline/writeWhole.ts";
import { asNobody } from "../asNobody.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const stem = "2025-03-01-CLIP-Classification";

describe("reserveNames", () => {
  it("counts up, and never takes a name that is there", async () => {
    const folder = temporaryFolder();
    const names: (string | undefined)[] = [];
    for (let i = 0; i < 3; i++) names.push((await reserveNames(folder, stem, [".html"]))[0]);
    expect(names).toEqual(
      [`${stem}.html`, `${stem}-2.html`, `${stem}-3.html`].map((name) => join(folder, name)),
    );
    for (const name of names) expect(readFileSync(name as string, "utf8")).toBe("");
  });

  it("gives the files of one run the same number, and leaves no other behind", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, `${stem}.html`), "the user's");
    writeFileSync(join(folder, `${stem}-2.csv`), "the user's");
    const paths = await reserveNames(folder, stem, [".csv", ".html"]);
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
    expect(await reserveNames(folder, stem, [".html"])).toEqual([join(folder, `${stem}-3.html`)]);
    expect(existsSync(join(folder, "nowhere"))).toBe(false);
  });

  it("gives every one of many that ask at once a name of its own", async () => {
    const folder = temporaryFolder();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => reserveNames(folder, stem, [".csv", ".html"])),
    );
    expect(new Set(all.flat()).size).toBe(40);
    for (const [csv, html] of all) expect(csv?.replace(/\.csv$/, "")).toBe(html?.replace(/\.html$/, ""));
  });

  it("reserves nothing for nothing", async () => {
    expect(await reserveNames("/nowhere/at all", stem, [])).toEqual([]);
  });

  it("tells that a folder cannot be written", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const failure = await asNobody(() => reserveNames(folder, stem, [".csv"])).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message).toBe(
      `${join(folder, stem)}.csv: this file cannot be written: EACCES: permission denied`,
    );
    await expect(reserveNames(join(folder, "none"), stem, [".csv"])).rejects.toThrow("ENOENT");
  });

  it("can be undone, also twice", async () => {
    const folder = temporaryFolder();
    const paths = await reserveNames(folder, stem, [".csv", ".html"]);
    await removeReserved(paths);
    await removeReserved(paths);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("writeWhole", () => {
  it("replaces a reserved file", async () => {
    const folder = temporaryFolder();
    const [path] = (await reserveNames(folder, stem, [".html"])) as [string];
    await writeWhole(path, "ä 😀");
    expect(readFileSync(path, "utf8")).toBe("ä 😀");
    expect(readdirSync(folder)).toEqual([`${stem}.html`]);
  });

  it("touches no other file, not even one called .part", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "page.html");
    writeFileSync(`${path}.part`, "the user's");
    await writeWhole(path, "page");
    expect(readFileSync(`${path}.part`, "utf8")).toBe("the user's");
    expect(readdirSync(folder).toSorted()).toEqual(["page.html", "page.html.part"]);
  });

  it("leaves nothing behind where it fails", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "taken.html"));
    const failure = await writeWhole(join(folder, "taken.html"), "page").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message).toContain("taken.html: this file cannot be written: EISDIR");
    expect(readdirSync(folder)).toEqual(["taken.html"]);
  });
});
