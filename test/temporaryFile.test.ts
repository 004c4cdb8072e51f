import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeWhole } from "../src/pipeline/writeWhole.ts";
import { removeAbandoned, temporaryPath } from "../src/temporaryFile.ts";
import { asNobody } from "./asNobody.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** The number of a process that has ended. */
const goneProcess = spawnSync(process.execPath, ["--version"]).pid;

/** Makes a file that nobody touched for so long. */
function idleFile(folder: string, name: string, idleMs: number): void {
  writeFileSync(join(folder, name), "half");
  const then = new Date(Date.now() - idleMs);
  utimesSync(join(folder, name), then, then);
}

/** A temporary name as another process would have made it. */
function nameOf(writer: number, host?: string): string {
  const name = basename(temporaryPath("")).replace(`-${process.pid}-`, `-${writer}-`);
  return host === undefined ? name : name.replace(/^\.clipbook-[0-9a-f]{8}/, `.clipbook-${host}`);
}

describe("temporary files", () => {
  it("go when their process is no more and a minute has passed", async () => {
    const folder = temporaryFolder();
    const justNow = nameOf(goneProcess);
    idleFile(folder, nameOf(goneProcess), 2 * minute);
    idleFile(folder, justNow, 30_000);
    await removeAbandoned(folder);
    expect(readdirSync(folder)).toEqual([justNow]);
  });

  it("may be folders, which go with what is in them where folders are written, and only there", async () => {
    const folder = temporaryFolder();
    const [gone, living] = [nameOf(goneProcess), nameOf(process.pid)];
    for (const name of [gone, living]) {
      mkdirSync(join(folder, name));
      idleFile(join(folder, name), "part.npy", 3 * minute);
      const then = new Date(Date.now() - 2 * minute);
      utimesSync(join(folder, name), then, then);
    }
    await removeAbandoned(folder);
    expect(readdirSync(folder)).toHaveLength(2);
    await removeAbandoned(folder, Date.now(), "folders");
    expect(readdirSync(folder)).toEqual([living]);
  });

  it("stay while their process lives, or where nobody here can tell, until nobody touched them for a day", async () => {
    const folder = temporaryFolder();
    const living = nameOf(process.pid);
    const elsewhere = nameOf(goneProcess, "00000000");
    for (const name of [living, elsewhere]) idleFile(folder, name, day - minute);
    await removeAbandoned(folder);
    expect(readdirSync(folder).toSorted()).toEqual([living, elsewhere].toSorted());
    await removeAbandoned(folder, Date.now() + 2 * minute);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("are told from the user's files, folders and links by more than their age", async () => {
    const folder = temporaryFolder();
    for (const name of ["notes.tmp", ".clipbook-notes.tmp", ".clipbook.tmp", "x.clipbook-00.tmp"]) {
      idleFile(folder, name, 10 * day);
    }
    mkdirSync(join(folder, nameOf(1)));
    symlinkSync("notes.tmp", join(folder, nameOf(2)));
    const before = readdirSync(folder);
    await removeAbandoned(folder, Date.now() + 100 * day);
    expect(readdirSync(folder)).toEqual(before);
  });

  it("that cannot be removed, or folders that cannot be listed, hold nobody up", async () => {
    const folder = temporaryFolder();
    idleFile(folder, nameOf(goneProcess), 2 * day);
    chmodSync(folder, 0o555);
    await asNobody(() => removeAbandoned(folder));
    await removeAbandoned(join(folder, "none"));
    expect(readdirSync(folder)).toHaveLength(1);
    chmodSync(folder, 0o755);
  });

  it("of killed runs are cleared by the next file that is written there", async () => {
    const folder = temporaryFolder();
    idleFile(folder, nameOf(goneProcess), 2 * minute);
    await writeWhole(join(folder, "page.html"), "page");
    expect(readdirSync(folder)).toEqual(["page.html"]);
  });
});
