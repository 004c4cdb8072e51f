import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import { openArchive } from "../../src/images/openArchive.ts";
import type { Unit } from "../../src/images/unit.ts";
import { openUnitReader } from "../../src/images/unitReader.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { codeOf } from "./codeOf.ts";
import { readReferenceImage } from "./reference.ts";
import { type ZipEntry, zipFile } from "./zipFile.ts";

const png = readReferenceImage("upscale-9x9.png");
const jpeg = readReferenceImage("gray.jpg");
const nothing = new Uint8Array();

function archiveOf(entries: readonly ZipEntry[], name = "a.zip"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, zipFile(entries));
  return path;
}

async function openForTest(path: string) {
  const archive = await openArchive(path);
  const fileOf = (name: string) => {
    const file = archive.maybeFile(name);
    if (file === undefined) throw new Error(`the archive has no ${name}`);
    return file;
  };
  return {
    ...archive,
    names: archive.files.map(({ name }) => name),
    fileState: (name: string) => archive.fileState(fileOf(name)),
    read: (name: string) => archive.read(fileOf(name)),
    readStart: (name: string, count: number) => archive.readStart(fileOf(name), count),
  };
}

it("an archive that is replaced while its list is read keeps the time of before, so that the next run reads it again", async () => {
  const path = join(temporaryFolder(), "a.zip");
  writeFileSync(path, zipFile([{ name: "a.jpg", bytes: Buffer.from("one") }]));
  const before = new Date(Date.UTC(2026, 0, 1));
  utimesSync(path, before, before);
  const opening = openArchive(path);
  writeFileSync(path, zipFile([{ name: "a.jpg", bytes: Buffer.from("two") }]));
  const archive = await opening;
  const file = archive.maybeFile("a.jpg");
  if (file === undefined) throw new Error("the archive has no a.jpg");
  expect(archive.fileState(file).modifiedNs).toBe(BigInt(before.getTime()) * 1_000_000n);
  // And nothing is read as if it were the listed file.
  expect(await codeOf(archive.read(file))).toBe("changed_during_read");
});

describe("openArchive", () => {
  it("reads stored and deflated files and lists them in byte order, without folders", async () => {
    const archive = await openForTest(
      archiveOf([
        { name: "b.jpg", bytes: jpeg },
        { name: "sub/", bytes: nothing, method: 0 },
        { name: "sub/ä.png", bytes: png, method: 0 },
        { name: "sub-x.png", bytes: png },
        { name: "😀.png", bytes: png },
        { name: "ﬀ.png", bytes: png },
      ]),
    );
    expect(archive.names).toEqual(["b.jpg", "sub-x.png", "sub/ä.png", "ﬀ.png", "😀.png"]);
    expect((await archive.read("b.jpg")).equals(jpeg)).toBe(true);
    expect((await archive.read("sub/ä.png")).equals(png)).toBe(true);
    expect(archive.fileState("b.jpg").sizeBytes).toBe(jpeg.length);
    expect(archive.maybeFile("none.jpg")).toBeUndefined();
  });

  it("reads many files side by side", async () => {
    const entries = Array.from({ length: 200 }, (_, i) => ({
      name: `${i}.bin`,
      bytes: Buffer.alloc(5000 + i, i),
    }));
    const archive = await openForTest(archiveOf(entries));
    const read = await Promise.all(entries.map(({ name }) => archive.read(name)));
    expect(read.every((bytes, i) => bytes.equals(entries[i]?.bytes as Buffer))).toBe(true);
  });

  it("reads the beginning of a file, and no more of it", async () => {
    const random = seededRandom(5);
    // Letters of 4 bits, so that deflating has something to do and damage shows.
    const large = Buffer.from(Array.from({ length: 500_000 }, () => Math.floor(random() * 16)));
    const small = { name: "small", bytes: Buffer.from("abc") };
    const bytes = zipFile([{ name: "large", bytes: large }, small]);
    bytes.fill(0xff, 200_000, 200_100);
    const path = join(temporaryFolder(), "a.zip");
    writeFileSync(path, bytes);
    const archive = await openForTest(path);
    expect((await archive.readStart("large", 8)).equals(large.subarray(0, 8))).toBe(true);
    expect((await archive.readStart("small", 8)).toString()).toBe("abc");
    expect(await codeOf(archive.read("large"))).toBe("corrupt");
  });

  it("takes the last of several files with one name, as unpacking does", async () => {
    const archive = await openForTest(
      archiveOf([
        { name: "a.jpg", bytes: png },
        { name: "a.jpg", bytes: jpeg },
      ]),
    );
    expect(archive.names).toEqual(["a.jpg", "a.jpg"]);
    expect((await archive.read("a.jpg")).equals(jpeg)).toBe(true);
    expect(archive.files.map(({ failure }) => failure?.code)).toEqual(["unreadable_name", undefined]);
    expect(archive.files[0]?.failure?.message).toContain("a later file of the archive has the same name");
  });

  it("tells why one file cannot be read", async () => {
    const archive = await openForTest(
      archiveOf([
        { name: "encrypted.jpg", bytes: jpeg, method: 0, encrypted: true },
        { name: "lzma.jpg", bytes: jpeg, method: 14 },
        { name: "empty.jpg", bytes: nothing },
        { name: "flipped.jpg", bytes: jpeg, method: 0, crc: 1 },
        { name: "flipped-deflated.jpg", bytes: jpeg, crc: 1 },
      ]),
    );
    expect(await codeOf(archive.read("encrypted.jpg"))).toBe("unsupported_format");
    await expect(archive.read("encrypted.jpg")).rejects.toThrow("the file is encrypted");
    expect(await codeOf(archive.read("lzma.jpg"))).toBe("unsupported_format");
    await expect(archive.read("lzma.jpg")).rejects.toThrow("packed with method 14");
    expect(await codeOf(archive.read("empty.jpg"))).toBe("empty_file");
    expect(await codeOf(archive.read("flipped.jpg"))).toBe("corrupt");
    expect(await codeOf(archive.read("flipped-deflated.jpg"))).toBe("corrupt");
  });

  it("finds damage within the packed bytes", async () => {
    const bytes = zipFile([
      { name: "a.jpg", bytes: jpeg },
      { name: "b.jpg", bytes: jpeg },
    ]);
    bytes.fill(0xff, 100, 140);
    const path = join(temporaryFolder(), "damaged.zip");
    writeFileSync(path, bytes);
    const archive = await openForTest(path);
    expect(await codeOf(archive.read("a.jpg"))).toBe("corrupt");
    expect((await archive.read("b.jpg")).equals(jpeg)).toBe(true);
  });

  it.each([
    ["an archive's first 20 bytes", zipFile([{ name: "a.jpg", bytes: jpeg }]).subarray(0, 20)],
    ["one part of several", zipFile([{ name: "a.jpg", bytes: jpeg }], { disk: 2 })],
    ["a text", Buffer.from("no archive")],
    ["an empty file", Buffer.alloc(0)],
  ])("refuses %s", async (_, bytes) => {
    const path = join(temporaryFolder(), "bad.zip");
    writeFileSync(path, bytes);
    const failure = await openArchive(path).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message).toContain(`${path}: this archive cannot be read`);
    expect((failure as UserError).hint).toContain("unpack it");
  });

  it("refuses a name without a file", async () => {
    await expect(openArchive(join(temporaryFolder(), "none.zip"))).rejects.toThrow(UserError);
  });
});

describe("units of an archive", () => {
  async function unitsOf(path: string) {
    const reader = openUnitReader();
    onTestFinished(() => reader.close());
    const units: Unit[] = [];
    const ignored: string[] = [];
    for await (const found of reader.unitsOf(path, "archive")) {
      if ("ignored" in found) ignored.push(found.ignored);
      else units.push(found);
    }
    return { reader, units, ignored };
  }

  it("are its pictures, without hidden ones and a Macintosh's shadows", async () => {
    const path = archiveOf([
      { name: "b.JPG", bytes: jpeg },
      { name: "a/c.png", bytes: png },
      { name: "a/notes.txt", bytes: Buffer.from("x") },
      { name: "a/picture", bytes: png },
      { name: "a/README", bytes: Buffer.from("no picture") },
      { name: "a/locked", bytes: png, method: 0, encrypted: true },
      { name: "a/.DS_Store", bytes: Buffer.from("x") },
      { name: ".hidden/x.jpg", bytes: jpeg },
      { name: "__MACOSX/._b.JPG", bytes: jpeg },
      { name: "__MACOSX/b.JPG", bytes: jpeg },
    ]);
    const { units, ignored } = await unitsOf(path);
    expect(units.map(({ name }) => name)).toEqual(
      ["a/c.png", "a/picture", "b.JPG"].map((name) => `${path}!/${name}`),
    );
    expect(ignored).toEqual(["a/README", "a/locked", "a/notes.txt"].map((name) => `${path}!/${name}`));
    expect((await units[0]?.read())?.equals(png)).toBe(true);
    expect(await units[2]?.fileState()).toMatchObject({ sizeBytes: jpeg.length });
  });

  it("can be read by their paths, also with letters that change their length in lower case", async () => {
    const path = archiveOf([{ name: "x/a.jpg", bytes: jpeg }], "İstanbul.ZIP");
    const { reader, units } = await unitsOf(path);
    const read = async (place: string) => (await reader.unitAt("a", place, 0)).read();
    expect((await read(units[0]?.path as string)).equals(jpeg)).toBe(true);
    expect(await codeOf(read(`${path}!/none.jpg`))).toBe("missing_file");
  });

  it("fail one by one where their archive is gone", async () => {
    const reader = openUnitReader();
    onTestFinished(() => reader.close());
    const unit = await reader.unitAt("a", join(temporaryFolder(), "gone.zip!/a.jpg"), 0);
    expect(await codeOf(unit.read())).toBe("missing_file");
  });
});
