import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ImageFailure } from "../../../src/images/imageFailure.ts";
import { openJobReader } from "../../../src/pipeline/queue/openJobReader.ts";
import { zipFile } from "../../images/zipFile.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";

const content = Buffer.from("a picture's bytes");
const unitAt = (path: string, root = "archive", bytes = content) => ({
  sha256: createHash("sha256").update(bytes).digest("hex"),
  sizeBytes: bytes.length,
  root,
  path,
});

function put(folder: string, path: string, bytes: Uint8Array = content): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

function readerOf(place: string, isLocal = false) {
  const reader = openJobReader([{ name: "archive", place }], { isLocal });
  const read = (unit: ReturnType<typeof unitAt>) =>
    reader.withBytes(unit, async (bytes) => bytes.toString(), new AbortController().signal);
  return { ...reader, read };
}

describe("a job's file below a root that is a folder", () => {
  it.each([
    "a.jpg",
    "2020/05/a b.jpg",
    "100%/#?&+;'\".jpg",
    "ä/ß€.jpg",
    "😀.jpg",
    "..a/b..jpg",
    "%2e%2e/a.jpg",
  ])("is read: %s", async (path) => {
    const folder = temporaryFolder();
    put(folder, path);
    expect(await readerOf(folder).read(unitAt(path))).toBe(content.toString());
  });

  it.each([
    ["NFC", "NFD"],
    ["NFD", "NFC"],
  ])("is read where the job has it in %s and this machine in %s", async (theirs, ours) => {
    const folder = temporaryFolder();
    put(folder, "Flugblätter/Köln.jpg".normalize(ours));
    expect(await readerOf(folder).read(unitAt("Flugblätter/Köln.jpg".normalize(theirs)))).toBe(
      content.toString(),
    );
  });

  it("is read from inside an archive, also by the other form of its letters", async () => {
    const folder = temporaryFolder();
    put(folder, "a.zip", zipFile([{ name: "b/ä.jpg".normalize("NFC"), bytes: content }]));
    const { read } = readerOf(folder);
    expect(await read(unitAt("a.zip!/b/ä.jpg".normalize("NFC")))).toBe(content.toString());
    expect(await read(unitAt("a.zip!/b/ä.jpg".normalize("NFD")))).toBe(content.toString());
  });

  it("is read from a folder that is called like an archive's inside", async () => {
    const folder = temporaryFolder();
    put(folder, "a.zip!/b.jpg");
    expect(await readerOf(folder).read(unitAt("a.zip!/b.jpg"))).toBe(content.toString());
  });

  it("is read through a link that lies below the root", async () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    put(elsewhere, "a.jpg");
    symlinkSync(elsewhere, join(folder, "linked"));
    expect(await readerOf(folder).read(unitAt("linked/a.jpg"))).toBe(content.toString());
  });

  it.each([
    ["missing_file", "a.jpg", () => undefined],
    ["missing_file", "a.zip!/b.jpg", () => undefined],
    ["missing_file", "a.zip!/b.jpg", (folder: string) => put(folder, "a.zip", zipFile([]))],
    [
      "changed_during_read",
      "a.jpg",
      (folder: string) => put(folder, "a.jpg", Buffer.from("other, longer bytes")),
    ],
    [
      "changed_during_read",
      "a.jpg",
      (folder: string) => put(folder, "a.jpg", Buffer.from("A picture's bytes")),
    ],
    ["not_a_regular_file", "a.jpg", (folder: string) => mkdirSync(join(folder, "a.jpg"))],
    ["broken_symlink", "a.jpg", (folder: string) => symlinkSync("/nowhere", join(folder, "a.jpg"))],
    ["missing_file", "../a.jpg", (folder: string) => put(folder, "../a.jpg")],
  ] as const)("is unreachable with %s: %s", async (code, path, prepare) => {
    const folder = join(temporaryFolder(), "root");
    mkdirSync(folder);
    prepare(folder);
    await expect(readerOf(folder).read(unitAt(path))).rejects.toMatchObject({ name: "Unreachable", code });
  });

  it("is not read into memory when it is larger than the job says", async () => {
    const folder = temporaryFolder();
    put(folder, "a.jpg", Buffer.alloc(50_000_000));
    const before = process.memoryUsage().arrayBuffers;
    await expect(readerOf(folder).read(unitAt("a.jpg"))).rejects.toMatchObject({
      code: "changed_during_read",
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(25_000_000);
  });

  it("is unreachable where it may not be read", async () => {
    const folder = temporaryFolder();
    chmodSync(put(folder, "a.jpg"), 0);
    if (process.getuid?.() === 0) return void process.stderr.write("left out: root may read every file\n");
    await expect(readerOf(folder).read(unitAt("a.jpg"))).rejects.toMatchObject({ code: "permission_denied" });
  });

  it("is unreachable below a root that this machine has not, and that only the coordinator's own worker has", async () => {
    const file = put(temporaryFolder(), "a.jpg");
    const own = unitAt(file.slice(1), "");
    await expect(readerOf("/").read(own)).rejects.toThrow('a worker has no root ""');
    await expect(readerOf("/").read(unitAt("a.jpg", "other"))).rejects.toThrow(
      'a worker has no root "other"',
    );
    expect(await readerOf("/nowhere", true).read(own)).toBe(content.toString());
  });
});

describe("files in a row that cannot be read", () => {
  it("are counted until one can", async () => {
    const folder = temporaryFolder();
    put(folder, "a.jpg");
    const { read, unreadInRow } = readerOf(folder);
    for (const path of ["x.jpg", "y.jpg"]) await expect(read(unitAt(path))).rejects.toThrow();
    expect(unreadInRow()).toBe(2);
    await read(unitAt("a.jpg"));
    expect(unreadInRow()).toBe(0);
  });

  it("do not count when they are read and cannot be decoded, whatever the decoder says", async () => {
    const folder = temporaryFolder();
    put(folder, "a.jpg");
    const reader = openJobReader([{ name: "archive", place: folder }], { isLocal: false });
    const fail = async () => {
      throw new ImageFailure("changed_during_read", "a decoder's own words");
    };
    const work = reader.withBytes(unitAt("a.jpg"), fail, new AbortController().signal);
    await expect(work).rejects.toMatchObject({ name: "ImageFailure" });
    expect(reader.unreadInRow()).toBe(0);
  });

  it("do not count when they are in archives, which no address has", async () => {
    const { read, unreadInRow } = readerOf("http://127.0.0.1:9/");
    await expect(read(unitAt("a.zip!/b.jpg"))).rejects.toMatchObject({
      name: "Unreachable",
      code: "missing_file",
      message: "it is in an archive, and a worker that has an address for its root reads none",
    });
    expect(unreadInRow()).toBe(0);
  });
});
