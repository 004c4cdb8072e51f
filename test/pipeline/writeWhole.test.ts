import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { writeTemporary, writeWhole } from "../../src/pipeline/writeWhole.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

describe("writeWhole", () => {
  it("replaces a file", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "page.html");
    writeFileSync(path, "a longer text that was there before");
    await writeWhole(path, "ä 😀");
    expect(readFileSync(path, "utf8")).toBe("ä 😀");
    expect(readdirSync(folder)).toEqual(["page.html"]);
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

describe("writeTemporary", () => {
  it("says what cannot be written in the words of the final name", async () => {
    const folder = join(temporaryFolder(), "none");
    await expect(writeTemporary(folder, "page", "page.html")).rejects.toThrow(
      "page.html: this file cannot be written: ENOENT",
    );
  });
});
