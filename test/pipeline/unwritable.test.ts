import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { unwritable } from "../../src/pipeline/unwritable.ts";

describe("a file that cannot be written", () => {
  it("is told in words where the disk is full", ({ skip }) => {
    skip(process.platform !== "linux", "only Linux has a file on a disk that is always full");
    const failure = () => {
      try {
        writeFileSync("/dev/full", "text");
      } catch (cause) {
        return unwritable("pages/a--b.html", cause);
      }
      throw new Error("it was written");
    };
    expect(failure()).toMatchObject({
      message: "pages/a--b.html: the disk is full",
      hint: "make room, or choose another disk",
    });
  });
});
