import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import { applicationId, migrations } from "../../src/store/migrations.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { asNobody } from "../asNobody.ts";
import { maybeSmallDisk } from "../smallDisk.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { encoderRecord, runSpec, saveImage } from "./runSpec.ts";

function openForTest(folder: string, options: Parameters<typeof openStudy>[1] = {}) {
  const study = openStudy(folder, options);
  onTestFinished(() => study.close());
  return study;
}

function failureOf(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("the action succeeded");
}

/** A folder whose clipbook.db was made by these statements. */
function folderWith(sql: string): string {
  const folder = temporaryFolder();
  const database = new DatabaseSync(join(folder, "clipbook.db"));
  database.exec(sql);
  database.close();
  return folder;
}

/** A process of its own that uses the study. */
function useStudy(...parameters: string[]): ChildProcess {
  const script = join(import.meta.dirname, "useStudy.ts");
  return spawn(process.execPath, [script, ...parameters], { stdio: ["ignore", "pipe", "inherit"] });
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on("exit", resolve));
}

describe("openStudy", () => {
  it("makes the folder and the newest schema", () => {
    const folder = join(temporaryFolder(), "deep/study");
    const study = openStudy(folder);
    expect(study).toMatchObject({ directory: folder, databasePath: join(folder, "clipbook.db") });
    study.close();
    const database = new DatabaseSync(join(folder, "clipbook.db"));
    expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: migrations.length });
    expect(database.prepare("PRAGMA application_id").get()).toEqual({ application_id: applicationId });
    expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    database.close();
  });

  it("finds what was stored before", () => {
    const folder = temporaryFolder();
    const first = openStudy(folder);
    const id = first.transaction(() => saveImage(first, 1));
    first.close();
    expect(openForTest(folder, { mustExist: true }).images.get(id).sizeBytes).toBe(1001);
  });

  it("brings a study that an earlier Clipbook wrote to the newest schema, and keeps a copy of it", () => {
    const folder = temporaryFolder();
    const path = join(folder, "clipbook.db");
    copyFileSync(join(import.meta.dirname, "../fixtures/studies/schema-1.db"), path);
    const countsIn = (file: string) => {
      const database = new DatabaseSync(file, { readOnly: true });
      const count = (table: string) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n;
      const counts = [..."image embedding text_embedding unit prediction run".split(" ").map(count)];
      const version = database.prepare("PRAGMA user_version").get()?.user_version;
      const check = database.prepare("PRAGMA integrity_check").get()?.integrity_check;
      database.close();
      return { counts, version, check };
    };
    const before = countsIn(path);
    expect(before).toMatchObject({ counts: [7, 7, 26, 7, 7, 1], version: 1 });
    const study = openForTest(folder);
    const run = study.runs.maybeNewest() as NonNullable<ReturnType<typeof study.runs.maybeNewest>>;
    expect([...study.runs.rows(run.id)].map(({ prediction }) => prediction?.category)).toHaveLength(7);
    expect(countsIn(path)).toEqual({ ...before, version: migrations.length });
    expect(countsIn(join(folder, "clipbook.schema-1.db"))).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    // Nothing is left to do, and no other copy is made.
    study.close();
    openForTest(folder).close();
    expect(readdirSync(folder).filter((name) => name.includes("schema"))).toEqual(["clipbook.schema-1.db"]);
  });

  it("leaves an earlier study as it is where no copy of it can be kept", ({ skip }) => {
    const disk = maybeSmallDisk(1024 * 1024) ?? skip("a small disk of one's own needs the right to mount");
    const path = join(disk.folder, "clipbook.db");
    copyFileSync(join(import.meta.dirname, "../fixtures/studies/schema-1.db"), path);
    disk.fill(64 * 1024);
    expect(failureOf(() => openStudy(disk.folder)).message).toMatch(/the disk is full$/);
    disk.makeRoom();
    const database = new DatabaseSync(path, { readOnly: true });
    expect(database.prepare("PRAGMA user_version").get()?.user_version).toBe(1);
    expect(database.prepare("PRAGMA integrity_check").get()?.integrity_check).toBe("ok");
    database.close();
    expect(readdirSync(disk.folder).filter((name) => /schema|tmp/.test(name))).toEqual([]);
  });

  it("never writes over a copy that is there", () => {
    const folder = temporaryFolder();
    copyFileSync(join(import.meta.dirname, "../fixtures/studies/schema-1.db"), join(folder, "clipbook.db"));
    writeFileSync(join(folder, "clipbook.schema-1.db"), "an earlier copy");
    openForTest(folder);
    expect(readFileSync(join(folder, "clipbook.schema-1.db"), "utf8")).toBe("an earlier copy");
    expect(existsSync(join(folder, "clipbook.schema-1-2.db"))).toBe(true);
  });

  it("notices that its database was taken away, before it stores into nothing", () => {
    const folder = temporaryFolder();
    const study = openForTest(folder);
    study.transaction(() => saveImage(study, 1));
    renameSync(join(folder, "clipbook.db"), join(folder, "away.db"));
    const { message } = failureOf(() => study.transaction(() => saveImage(study, 2)));
    expect(message).toMatch(
      /clipbook\.db: the study's database was moved away, removed or replaced meanwhile$/,
    );
    expect(failureOf(() => study.lock()).message).toBe(message);
    writeFileSync(join(folder, "clipbook.db"), "another");
    expect(failureOf(() => study.transaction(() => undefined)).message).toBe(message);
  });

  it("says that its folder may not be read any more", async () => {
    const folder = temporaryFolder();
    const study = openForTest(folder);
    chmodSync(folder, 0o000);
    onTestFinished(() => chmodSync(folder, 0o700));
    await asNobody(() => {
      expect(failureOf(() => study.transaction(() => undefined)).message).toMatch(
        /cannot be reached any more$/,
      );
    });
  });

  it("is held through a link to its database, too", () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    const study = openForTest(folder);
    symlinkSync(join(folder, "clipbook.db"), join(elsewhere, "clipbook.db"));
    const lock = study.lock();
    expect(failureOf(() => openForTest(elsewhere).lock()).message).toContain("this Clipbook is classifying");
    lock.release();
  });

  it("makes nothing where a study must exist", () => {
    const folder = temporaryFolder();
    const { message, hint } = failureOf(() => openStudy(folder, { mustExist: true }));
    expect(message).toBe(`${join(folder, "clipbook.db")}: there is no study here`);
    expect(hint).toContain("clipbook classify");
    expect(existsSync(join(folder, "clipbook.db"))).toBe(false);
  });
});

describe("openStudy refuses, and leaves as it was,", () => {
  const unchanged = (folder: string, message: RegExp) => {
    const path = join(folder, "clipbook.db");
    const before = readFileSync(path);
    expect(failureOf(() => openStudy(folder)).message).toMatch(message);
    expect(readFileSync(path).equals(before)).toBe(true);
  };

  it("a later Clipbook's study", () => {
    const later = migrations.length + 1;
    const sql = `CREATE TABLE x (y); PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${later}`;
    unchanged(folderWith(sql), new RegExp(`written by a later version of Clipbook \\(schema ${later}\\)`));
    // Where that Clipbook has noted itself, the hint says what to update to.
    const noted = `${sql}; CREATE TABLE schema_step (version, clipbook_version, made_at);
      INSERT INTO schema_step VALUES (${later}, '0.7.2', ''), (${later - 1}, '0.1.0', '')`;
    expect(failureOf(() => openStudy(folderWith(noted))).hint).toMatch(
      /^update Clipbook to 0\.7\.2 or later; this one/,
    );
    expect(failureOf(() => openStudy(folderWith(sql))).hint).toMatch(/^update Clipbook; this one/);
  });

  it("another program's database", () => {
    unchanged(folderWith("CREATE TABLE places (url TEXT)"), /this database is no Clipbook study/);
    unchanged(folderWith("PRAGMA application_id = 1234"), /this database is no Clipbook study/);
  });

  it("a file that is no database", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "clipbook.db"), "This is a text of mine, and it is no database at all.\n");
    unchanged(folder, /this file is no SQLite database/);
  });

  it("a folder of that name", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "clipbook.db"));
    expect(failureOf(() => openStudy(folder)).message).toMatch(/cannot be written here/);
  });

  it("a file in the folder's place", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "x");
    expect(failureOf(() => openStudy(join(folder, "file"))).message).toMatch(
      /file: the study's folder cannot/,
    );
  });

  it("a damaged study", () => {
    const folder = temporaryFolder();
    const study = openStudy(folder);
    study.transaction(() => {
      for (let i = 0; i < 2000; i++) saveImage(study, i);
    });
    study.close();
    truncateSync(join(folder, "clipbook.db"), 3 * 4096);
    unchanged(folder, /the study's database is damaged/);
  });
});

describe("a folder that may not be written", () => {
  it("holds no new study", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    for (const directory of [folder, join(folder, "sub")]) {
      const { message, hint } = await asNobody(() => failureOf(() => openStudy(directory)));
      expect(message).toMatch(directory === folder ? /cannot be written here/ : /folder cannot be made/);
      expect(hint).toContain("--study DIR");
    }
  });

  it("does not take what belongs to someone else", async () => {
    const folder = temporaryFolder();
    openStudy(folder).close();
    chmodSync(folder, 0o555);
    chmodSync(join(folder, "clipbook.db"), 0o444);
    const { message } = await asNobody(() => failureOf(() => openStudy(folder)));
    expect(message).toMatch(/clipbook\.db: the study's database cannot be written here/);
  });
});

describe("a transaction", () => {
  it("stores all of its work or nothing", () => {
    const study = openForTest(temporaryFolder());
    const failing = () =>
      study.transaction(() => {
        saveImage(study, 1);
        throw new Error("half-way");
      });
    expect(failing).toThrow("half-way");
    expect(study.transaction(() => saveImage(study, 2))).toBe(1);
    expect(() => study.images.get(2)).toThrow(RangeError);
  });

  it("refuses what its tables do not allow, and undoes the rest", () => {
    const study = openForTest(temporaryFolder());
    const encoderId = study.transaction(() => study.embeddings.encoderId(encoderRecord));
    const outcome = { imageId: 99 };
    const failing = () =>
      study.transaction(() => {
        const run = study.runs.start(runSpec(encoderId));
        study.runs.addUnits(run, 0, [[{ name: "a", path: "/a", rowNumber: 0 }, outcome]]);
      });
    expect(failing).toThrow(/FOREIGN KEY/);
    expect(study.runs.unfinished()).toEqual([]);
  });
});

describe("two processes", () => {
  it("make new studies together, at the same moments", async () => {
    const folder = temporaryFolder();
    const start = String(Date.now() + 1500);
    const codes = await Promise.all([1, 2, 3].map(() => exitOf(useStudy("open", folder, start, "40"))));
    expect(codes).toEqual([0, 0, 0]);
    expect(openForTest(join(folder, "39"), { mustExist: true }).runs.list()).toEqual([]);
  });

  it("do not make the same schema twice", async () => {
    const folder = temporaryFolder();
    const other = useStudy("migrate", folder, "400");
    const done = exitOf(other);
    await new Promise((resolve) => other.stdout?.once("data", resolve));
    expect(openForTest(folder).runs.list()).toEqual([]);
    expect(await done).toBe(0);
  });

  it("do not write at once: the second waits, then says so; reading goes on meanwhile", async () => {
    const folder = temporaryFolder();
    const study = openForTest(folder, { busyTimeoutMs: 100 });
    const id = study.transaction(() => saveImage(study, 1));
    const other = useStudy("hold", folder, "4000");
    const done = exitOf(other);
    await new Promise((resolve) => other.stdout?.once("data", resolve));
    const before = performance.now();
    const failure = failureOf(() => study.transaction(() => saveImage(study, 2)));
    expect(performance.now() - before).toBeGreaterThan(90);
    expect(failure.message).toBe(`${join(folder, "clipbook.db")}: another Clipbook is writing to this study`);
    expect(failure.hint).toContain("wait until it is done");
    expect(failureOf(() => saveImage(study, 2)).message).toBe(failure.message);
    expect(study.images.get(id).sizeBytes).toBe(1001);
    expect(openForTest(folder, { mustExist: true, busyTimeoutMs: 0 }).images.get(id).sizeBytes).toBe(1001);
    expect(other.exitCode).toBeNull();
    other.kill("SIGKILL");
    await done;
    expect(study.transaction(() => saveImage(study, 2))).toBeGreaterThan(id);
  });

  it("write in turn while the wait is long enough", async () => {
    const folder = temporaryFolder();
    const study = openForTest(folder);
    const other = useStudy("hold", folder, "300");
    const done = exitOf(other);
    await new Promise((resolve) => other.stdout?.once("data", resolve));
    expect(study.transaction(() => saveImage(study, 1))).toBe(1);
    expect(await done).toBe(0);
  });
});
