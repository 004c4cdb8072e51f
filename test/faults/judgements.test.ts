import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, type TestContext } from "vitest";
import { inTransaction } from "../../src/store/inTransaction.ts";
import type { Study } from "../../src/store/openStudy.ts";
import { plainRun } from "../pipeline/plainRun.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { judgements } from "./judgements.ts";
import { maybePreloaded, type PreloadedSpec } from "./maybePreloaded.ts";

/** PRAGMA synchronous, https://sqlite.org/pragma.html#pragma_synchronous */
const [normal, full] = [1, 2];

const names = judgements.map(([name]) => name);

/** Makes all judgements in a process of its own, whose calls to the system are counted. */
function judgeOnce({ skip }: Pick<TestContext, "skip">, faults: PreloadedSpec = {}) {
  const { folder, study } = plainRun({ sizes: [12] });
  study.close();
  const log = join(temporaryFolder(), "log");
  const env = maybePreloaded({ below: folder, kinds: ["sync"], log, ...faults });
  if (env === undefined) return skip("left out: faults of the disk are compiled with gcc, for Linux");
  const script = join(import.meta.dirname, "judgeOnce.ts");
  const { stdout, stderr } = spawnSync(process.execPath, [script, folder, log], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const lines = stdout.trimEnd().split("\n");
  const made = lines.map((line) => JSON.parse(line) as { name: string; waits: number; error?: string });
  return { made, log: readFileSync(log, "utf8") };
}

describe("what people decide", () => {
  it.each(judgements)("is committed to the disk itself: %s", (name, judge) => {
    const { study } = plainRun({ sizes: [12] });
    for (const [earlier, judgeEarlier] of judgements.slice(0, names.indexOf(name))) {
      expect(earlier).not.toBe(name);
      judgeEarlier(study);
    }
    const asked: unknown[] = [];
    const watched: Study = {
      ...study,
      transaction: (work, options) => {
        asked.push(options);
        return study.transaction(work, options);
      },
    };
    judge(watched);
    expect(asked).toEqual([{ onDisk: true }]);
  });

  it("waits for the disk before it is answered, each by itself", (context) => {
    const { made } = judgeOnce(context);
    expect(made.map(({ name, error }) => [name, error])).toEqual(names.map((name) => [name, undefined]));
    // The first also waits for the head of a new log.
    expect(made.map(({ name, waits }) => [name, waits])).toEqual(
      names.map((name, i) => [name, i === 0 ? 2 : 1]),
    );
  });

  it("is refused when the disk does not take it, and never answered as stored", (context) => {
    // Of the calls that wait: the judgements' own, for the study was there already.
    const { made, log } = judgeOnce(context, { at: 1 });
    expect(log).toContain("clipbook.db-wal");
    for (const { name, error } of made.slice(0, 1))
      expect([name, error]).toEqual([name, expect.stringContaining("database is damaged, or its disk is")]);
    expect(made.every(({ error }) => error !== undefined)).toBe(true);
  });
});

describe("a transaction on the disk", () => {
  it.each([
    ["WAL", normal],
    ["TRUNCATE", full],
  ])("is FULL within, also after a fault, and gives back what was usual: %s", (mode, usual) => {
    const database = new DatabaseSync(join(temporaryFolder(), "a.db"));
    database.exec(`PRAGMA journal_mode = ${mode}; PRAGMA synchronous = ${usual}`);
    const level = () => database.prepare("PRAGMA synchronous").get()?.synchronous;
    expect(inTransaction(database, level, { onDisk: true })).toBe(full);
    expect(level()).toBe(usual);
    expect(inTransaction(database, level)).toBe(usual);
    const fail = () => {
      throw new RangeError("within");
    };
    expect(() => inTransaction(database, fail, { onDisk: true })).toThrow("within");
    expect(level()).toBe(usual);
    database.close();
  });
});
