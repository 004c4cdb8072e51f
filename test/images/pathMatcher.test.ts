import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openPathMatcher } from "../../src/images/pathMatcher.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

function folderOf(paths: readonly string[]): string {
  const folder = temporaryFolder();
  for (const path of paths) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), "");
  }
  return folder;
}

describe("a path matcher", () => {
  it("finds each folder and the file by the letters, whatever form they have", async () => {
    const folder = folderOf(["Bu\u0308cher/\u00e4/o\u0308.jpg", "plain/\u00fc.jpg"]);
    const match = openPathMatcher();
    expect(await match(join(folder, "B\u00fccher/a\u0308/\u00f6.jpg"))).toBe(
      join(folder, "Bu\u0308cher/\u00e4/o\u0308.jpg"),
    );
    expect(await match(join(folder, "plain/u\u0308.jpg"))).toBe(join(folder, "plain/\u00fc.jpg"));
    expect(await match(join(folder, "plain/u.jpg"))).toBeUndefined();
    expect(await match(join(folder, "gone/\u00fc.jpg"))).toBeUndefined();
    expect(await match(join(folder, "plain/\u00fc.jpg/\u00fc.jpg"))).toBeUndefined();
  });

  it("does not take letters that only look alike, or another case", async () => {
    const folder = folderOf(["\ufb00.jpg", "\u00c4.jpg", "\u0430.jpg"]);
    const match = openPathMatcher();
    for (const name of ["ff.jpg", "\u00e4.jpg", "a.jpg", "\u00e4\u200b.jpg"])
      expect(await match(join(folder, name))).toBeUndefined();
  });

  it("looks into more folders than it remembers", async () => {
    const odd = "u\u0308\u0323.jpg";
    const folder = folderOf(Array.from({ length: 150 }, (_, i) => `${i}/${odd}`));
    const match = openPathMatcher();
    for (let round = 0; round < 2; round += 1) {
      for (let i = 0; i < 150; i += 1)
        expect(await match(join(folder, `${i}/\u1ee5\u0308.jpg`))).toBe(join(folder, `${i}/${odd}`));
    }
  });

  it("goes by links, and stops at one that goes round", async () => {
    const folder = folderOf(["real/\u00e4.jpg"]);
    symlinkSync("real", join(folder, "o\u0308"));
    symlinkSync("loop\u00e4", join(folder, "loop\u00e4"));
    const match = openPathMatcher();
    expect(await match(join(folder, "\u00f6/a\u0308.jpg"))).toBe(join(folder, "o\u0308/\u00e4.jpg"));
    expect(await match(join(folder, "loopa\u0308/x.jpg"))).toBeUndefined();
  });
});
