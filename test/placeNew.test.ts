import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { placeNew } from "../src/placeNew.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

/** What the system answers on a disk without hard links. */
async function noLinks(): Promise<void> {
  throw Object.assign(new Error("EPERM: operation not permitted, link"), { code: "EPERM" });
}

describe.each([
  ["with hard links", undefined],
  ["without hard links", noLinks],
] as const)("placeNew on a disk %s", (_, makeLink) => {
  it("gives a finished file its name, and takes the other away", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.tmp"), "whole");
    await placeNew(join(folder, "a.tmp"), join(folder, "a.txt"), makeLink);
    expect(readdirSync(folder)).toEqual(["a.txt"]);
    expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("whole");
  });

  it("replaces nothing", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.tmp"), "whole");
    writeFileSync(join(folder, "a.txt"), "the user's");
    mkdirSync(join(folder, "folder"));
    for (const name of ["a.txt", "folder"]) {
      const placing = placeNew(join(folder, "a.tmp"), join(folder, name), makeLink);
      await expect(placing).rejects.toMatchObject({ code: "EEXIST" });
    }
    expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("the user's");
    expect(existsSync(join(folder, "a.tmp"))).toBe(true);
  });

  it("leaves no empty file where there is nothing to name", async () => {
    const folder = temporaryFolder();
    const placing = placeNew(join(folder, "none.tmp"), join(folder, "a.txt"), makeLink);
    await expect(placing).rejects.toMatchObject({ code: "ENOENT" });
    expect(readdirSync(folder)).toEqual([]);
  });
});
