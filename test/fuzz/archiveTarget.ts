import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { ImageFailure } from "../../src/images/imageFailure.ts";
import { openArchive } from "../../src/images/openArchive.ts";
import { extraField, zipFile } from "../images/zipFile.ts";
import type { FuzzTarget } from "./fuzzTarget.ts";
import { withFile } from "./tableChecks.ts";

const text = Buffer.from("a picture that is packed ".repeat(20));
const files = [
  { name: "a.jpg", bytes: text },
  { name: "folder/", bytes: Buffer.alloc(0), method: 0 },
  { name: "folder/b.png", bytes: text, method: 0 },
  { name: "M\u00fcller.gif", bytes: text.subarray(0, 40) },
] as const;
const following = files.map((file) => ({ ...file, sizesFollow: true as const }));
const whole = zipFile(files);
const latin1 = zipFile([{ name: Buffer.from("M\xfcller.jpg", "latin1"), bytes: text, marked: false }]);

/** Lists a ZIP archive's files and reads them all, by its directory or, where that is lost, without it. */
export const archiveTarget: FuzzTarget = {
  name: "archive",
  seeds: [
    whole,
    whole.subarray(0, -40),
    zipFile(following),
    zipFile(following).subarray(0, -200),
    zipFile(
      files.map((file) => ({ ...file, wide: true })),
      { wide: true },
    ),
    zipFile(files, { front: Buffer.from("#!/bin/sh\n"), comment: Buffer.from("PK\x05\x06") }),
    zipFile([{ name: "a.jpg", bytes: text, extra: extraField(0x7075, Buffer.from("\x01\0\0\0\0b.jpg")) }]),
    latin1,
  ],
  tokens: [
    ..."PK\x03\x04|PK\x01\x02|PK\x05\x06|PK\x06\x06|PK\x06\x07|PK\x07\x08|../|/|C:\\|\x01\0\x18\0|\0\0|\x08\0|\x09\0".split(
      "|",
    ),
    ..."\xff\xff|\xff\xff\xff\xff|\xff\xff\xff\xff\xff\xff\xff\x7f|\0\0\0\0|a.jpg".split("|"),
  ].map((token) => Buffer.from(token, "latin1")),
  check: (bytes) => withFile("a.zip", bytes, checkArchive),
};

async function checkArchive(path: string): Promise<void> {
  const archive = await openArchive(path).catch((error) => {
    if (error instanceof UserError) return assert.ok((error.hint ?? "") !== "", `no hint: ${error.message}`);
    throw error;
  });
  if (archive === undefined) return;
  for (const file of archive.files) {
    requireNameWithin(file.name, file.failure);
    const start = await orFailure(archive.readStart(file, 16));
    const read = await orFailure(archive.read(file));
    if (read instanceof ImageFailure) continue;
    assert.equal(read.length, file.sizeBytes);
    assert.ok(!(start instanceof ImageFailure), "a file that is whole has a beginning");
    assert.deepEqual(start, read.subarray(0, 16));
  }
}

/** @throws AssertionError for a name that can be read and would lead out of the folder where it was unpacked */
function requireNameWithin(name: string, failure: ImageFailure | undefined): void {
  const isOutside = /^\/|^[A-Za-z]:|\\|(^|\/)\.\.(\/|$)|\0/.test(name);
  assert.ok(!isOutside || failure !== undefined, `${JSON.stringify(name)} leads out of the archive`);
}

async function orFailure(work: Promise<Buffer>): Promise<Buffer | ImageFailure> {
  return work.catch((error) => {
    if (error instanceof ImageFailure) return error;
    throw error;
  });
}
