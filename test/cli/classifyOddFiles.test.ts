import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { readHeic } from "../images/heifFile.ts";
import { golden, readReferenceImage } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";
import { runClipbook } from "./runClipbook.ts";

/** A JPEG with bytes between its segments that belong to nothing: its decoder complains and reads it. */
function oddJpeg(): Buffer {
  const photo = readReferenceImage("photo-444.jpg");
  const scan = photo.indexOf(Buffer.from([0xff, 0xda]));
  return Buffer.concat([photo.subarray(0, scan), Buffer.from("abcde"), photo.subarray(scan)]);
}

describe("clipbook classify with odd files", () => {
  it("reads HEIC, names every file that was read with a warning, and has a code and a sentence for every other", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "in"));
    const put = (name: string, bytes: Buffer) => writeFileSync(join(folder, "in", name), bytes);
    writeFileSync(join(folder, "codebook.yaml"), JSON.stringify(golden.codebook));
    put("a-phone.jpg", readHeic("plain.heic"));
    put("b-odd.jpg", oddJpeg());
    put(
      "c-closed.jpg",
      Buffer.concat([readReferenceImage("photo-444.jpg").subarray(0, 9000), Buffer.from([0xff, 0xd9])]),
    );
    put("d-page.jpg", Buffer.from("<!DOCTYPE html><html><body>404"));
    put("e-document.jpg", Buffer.from("%PDF-1.7\n"));
    put("f-pointer.jpg", Buffer.from("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"));
    const { code, stdout } = await runClipbook(["classify", "in", "--model", tinyModelFolder("clip")], {
      cwd: folder,
    });
    expect(code).toBe(0);
    expect(stdout).toContain("2 images classified");
    expect(stdout).toContain(
      "1 classified although the file has small faults\n  in/b-odd.jpg: the JPEG file has small",
    );
    const named = (ending: string) => readdirSync(folder).find((name) => name.endsWith(ending)) as string;
    const rows = parse(readFileSync(join(folder, named(".csv"))), { columns: true, bom: true }) as Record<
      string,
      string
    >[];
    expect(rows.map((row) => row["Classification Error"])).toEqual([
      "",
      "",
      "corrupt: the JPEG file is damaged",
      "not_an_image: the file is no image but an HTML page: a failed download?",
      "unsupported_format: PDF is not supported: export its pages as JPEG or PNG first",
      "not_an_image: the file is no image but a Git LFS pointer: run git lfs pull",
    ]);
    expect(rows.map((row) => row.Classification !== "")).toEqual([true, true, false, false, false, false]);
    const page = readFileSync(join(folder, named(".html")), "utf8");
    expect(page).toContain("Every file with small faults");
    expect(page).toMatch(/b-odd\.jpg[\s\S]*the JPEG file has small faults/);
  });
});
