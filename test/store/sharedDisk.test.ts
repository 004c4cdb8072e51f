import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { openStudy } from "../../src/store/openStudy.ts";
import { plainRun } from "../pipeline/plainRun.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { saveImage } from "./runSpec.ts";

const nfs = 0x6969;

/** What SQLite writes into the header: 2 for a write-ahead log, 1 for a journal (https://sqlite.org/fileformat.html, 1.3.3). */
function headerMode(folder: string): number | undefined {
  return readFileSync(join(folder, "clipbook.db"))[18];
}

function openShared(folder: string, busyTimeoutMs?: number) {
  const study = openStudy(folder, { fsType: nfs, ...(busyTimeoutMs !== undefined && { busyTimeoutMs }) });
  onTestFinished(() => study.close());
  return study;
}

describe("a study on a disk that other machines share", () => {
  it("has a journal and no shared memory, and says which disk it is", () => {
    const folder = temporaryFolder();
    const study = openShared(folder);
    expect(study.sharedDisk).toBe("NFS");
    saveImage(study, 1);
    expect(readdirSync(folder).filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
    expect(headerMode(folder)).toBe(1);
    expect(openStudy(temporaryFolder(), { fsType: 0xef53 }).sharedDisk).toBeUndefined();
  });

  it("that was made with a write-ahead log is brought over, with what only the log had", () => {
    const folder = temporaryFolder();
    const local = openStudy(folder, { fsType: 0xef53 });
    saveImage(local, 1);
    local.close();
    const writer = new DatabaseSync(join(folder, "clipbook.db"));
    writer.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0");
    const { n } = writer.prepare("SELECT count(*) AS n FROM image").get() as { n: number };
    writer.close();
    expect([n, headerMode(folder)]).toEqual([1, 2]);
    const shared = openShared(folder);
    expect(headerMode(folder)).toBe(1);
    saveImage(shared, 2);
    shared.close();
    // Back on a disk of this machine it has its log again.
    const again = openStudy(folder, { fsType: 0xef53 });
    expect(headerMode(folder)).toBe(2);
    again.close();
  });

  it("is not touched when it is another program's database", () => {
    const folder = temporaryFolder();
    const path = join(folder, "clipbook.db");
    const foreign = new DatabaseSync(path);
    foreign.exec("PRAGMA journal_mode = WAL; CREATE TABLE theirs (a)");
    foreign.close();
    expect(() => openShared(folder)).toThrow("this database is no Clipbook study");
    expect(headerMode(folder)).toBe(2);
  });

  it("is read and written by two connections and processes in turn, and none loses anything", async () => {
    const folder = temporaryFolder();
    const script = join(import.meta.dirname, "writeShared.ts");
    const writers = [1, 2].map((writer) =>
      spawn(process.execPath, [script, folder, String(writer), "40"], { stdio: "inherit" }),
    );
    const reader = openShared(folder);
    const codes = await Promise.all(writers.map(async (writer) => (await once(writer, "exit"))[0]));
    expect(codes).toEqual([0, 0]);
    const database = new DatabaseSync(reader.databasePath);
    onTestFinished(() => database.close());
    expect(database.prepare("SELECT count(*) AS n FROM image").get()?.n).toBe(80);
    expect(database.prepare("PRAGMA integrity_check").get()?.integrity_check).toBe("ok");
    expect(existsSync(`${reader.databasePath}-wal`)).toBe(false);
  });

  it("is written while its rows are read slowly, as by a browser: by the same connection and by another one", () => {
    const { folder, study, run } = plainRun({ sizes: [20] });
    study.close();
    const shared = openShared(folder);
    const other = openShared(folder, 50);
    const rows = shared.runs.rows(run.id)[Symbol.iterator]();
    expect(rows.next().value?.position).toBe(0);
    shared.transaction(() => saveImage(shared, 1000), { onDisk: true });
    expect(other.transaction(() => saveImage(other, 1001), { onDisk: true })).toBeGreaterThan(0);
    let rest = 0;
    while (!rows.next().done) rest += 1;
    expect(rest).toBe(19);
  });

  it("says of a lock that it can also be the disk that keeps none", () => {
    const folder = temporaryFolder();
    const study = openShared(folder);
    const other = openShared(folder, 50);
    study.transaction(() => {
      expect(() => other.transaction(() => undefined)).toThrow(
        expect.objectContaining({
          message: expect.stringContaining("another Clipbook is writing to this study"),
        }),
      );
    });
    const held = new DatabaseSync(study.databasePath);
    onTestFinished(() => held.close());
    held.exec("BEGIN EXCLUSIVE");
    expect(() => openShared(folder, 50)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("or this disk (NFS) keeps no locks") }),
    );
  });
});
