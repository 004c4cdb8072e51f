import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { applicationId, migrations } from "../../src/store/migrations.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { openThumbnailCache } from "../../src/store/thumbnailCache.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { saveImage } from "./runSpec.ts";

/** The rights of each file in a folder, as chmod writes them. */
function rightsIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]),
  );
}

function withUmask(umask: number): void {
  const before = process.umask(umask);
  onTestFinished(() => void process.umask(before));
}

// Windows has no such rights: there the folder's hold.
describe.skipIf(process.platform === "win32")("the files of a study", () => {
  it.each([0o022, 0o000, 0o077])("are their owner's alone, whatever the umask: %o", (umask) => {
    withUmask(umask);
    const folder = temporaryFolder();
    const study = openStudy(folder, { fsType: 0xef53 });
    const lock = study.lock();
    saveImage(study, 1);
    const thumbnails = openThumbnailCache(join(folder, "clipbook.thumbnails.db"), (why) => {
      throw new Error(why);
    });
    thumbnails.save(new Uint8Array(32), 256, Uint8Array.of(0xff, 0xd8, 0xff, 0xd9));
    const rights = rightsIn(folder);
    expect(Object.keys(rights).toSorted()).toEqual(
      expect.arrayContaining([
        "clipbook.db",
        "clipbook.db-shm",
        "clipbook.db-wal",
        "clipbook.lock",
        "clipbook.thumbnails.db",
        "clipbook.thumbnails.db-wal",
      ]),
    );
    for (const [name, mode] of Object.entries(rights)) expect([name, mode]).toEqual([name, "600"]);
    thumbnails.close();
    lock.release();
    study.close();
  });

  it("are their owner's alone with a journal, too, and as the copy of an earlier schema", () => {
    withUmask(0o022);
    const folder = temporaryFolder();
    const old = new DatabaseSync(join(folder, "clipbook.db"));
    old.exec(`${migrations[0]}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`);
    old.close();
    chmodSync(join(folder, "clipbook.db"), 0o600);
    const study = openStudy(folder, { fsType: 0x6969 });
    saveImage(study, 1);
    study.close();
    const rights = rightsIn(folder);
    expect(Object.keys(rights)).toContain("clipbook.schema-1.db");
    expect(Object.keys(rights)).toContain("clipbook.db-journal");
    for (const [name, mode] of Object.entries(rights)) expect([name, mode]).toEqual([name, "600"]);
  });

  it("keep the rights that their owner gave them, as for a group that shares a study", () => {
    const folder = temporaryFolder();
    openStudy(folder).close();
    chmodSync(join(folder, "clipbook.db"), 0o660);
    const study = openStudy(folder, { fsType: 0xef53 });
    saveImage(study, 1);
    expect(rightsIn(folder)).toMatchObject({
      "clipbook.db": "660",
      "clipbook.db-wal": "660",
      "clipbook.db-shm": "660",
    });
    study.close();
  });
});
