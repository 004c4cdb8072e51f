import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { startLeftFiles } from "../../src/cli/leftFiles.ts";
import { outsideLinkSentence } from "../../src/images/insideInputs.ts";
import { golden, referenceFolder } from "../images/reference.ts";
import { zipFile } from "../images/zipFile.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";
import { runClipbook } from "./runClipbook.ts";

describe("what was left behind", () => {
  it("is told in one line each, and not at all where nothing was", () => {
    const left = startLeftFiles();
    left.addIgnored("a.txt");
    left.addFailure("the file has no bytes");
    expect(left.notes()).toEqual([]);
    left.addFailure(outsideLinkSentence);
    left.addIgnored("a.ZIP");
    expect(left.notes()).toEqual([
      "1 symbolic link leads out of the folders named and was not followed; add --follow-outside to classify what is behind",
      "1 .zip archive in the inputs was not opened; name an archive to classify what is in it, and unpack one that lies in another",
    ]);
    left.addFailure(outsideLinkSentence);
    left.addIgnored("b.zip!/c.zip");
    expect(left.notes().map((note) => note.slice(0, 24))).toEqual([
      "2 symbolic links lead ou",
      "2 .zip archives in the i",
    ]);
  });

  it("is told by classify, which follows links when it is asked to and records that", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "codebook.yaml"), JSON.stringify(golden.codebook));
    mkdirSync(join(folder, "in"));
    mkdirSync(join(folder, "out"));
    copyFileSync(join(referenceFolder, "images/gray.jpg"), join(folder, "in/a.jpg"));
    copyFileSync(join(referenceFolder, "images/photo.webp"), join(folder, "out/b.webp"));
    symlinkSync("../out/b.webp", join(folder, "in/b.webp"));
    writeFileSync(join(folder, "in/more.zip"), zipFile([{ name: "c.jpg", bytes: Buffer.from("x") }]));
    const args = ["classify", "in", "--model", tinyModelFolder("clip"), "--output", "r.csv", "--no-overview"];
    const without = await runClipbook(args, { cwd: folder });
    expect(without.code).toBe(0);
    expect(without.stderr).toContain(`in/b.webp: not_a_regular_file: ${outsideLinkSentence}\n`);
    expect(without.stderr).toContain(
      "note: 1 symbolic link leads out of the folders named and was not followed",
    );
    expect(without.stderr).toContain("note: 1 .zip archive in the inputs was not opened");
    expect(readFileSync(join(folder, "r.csv"), "utf8")).toContain(
      "not_a_regular_file: the symbolic link leads out",
    );
    const following = await runClipbook([...args, "--follow-outside"], { cwd: folder });
    expect(following.code).toBe(0);
    expect(following.stderr).not.toContain("symbolic link");
    expect(readFileSync(join(folder, "r.csv"), "utf8")).not.toContain("not_a_regular_file");
    const database = new DatabaseSync(join(folder, "clipbook.db"), { readOnly: true });
    const settings = database.prepare("SELECT settings FROM run ORDER BY id").all();
    database.close();
    expect(settings.map((row) => JSON.parse(row.settings as string).followOutside)).toEqual([
      undefined,
      true,
    ]);
  });
});
