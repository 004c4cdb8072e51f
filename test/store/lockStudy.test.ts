import { spawn } from "node:child_process";
import { chmodSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import { lockStudy } from "../../src/store/lockStudy.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { asNobody } from "../asNobody.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { encoderRecord, runSpec } from "./runSpec.ts";

function newStudy() {
  const folder = temporaryFolder();
  const study = openStudy(folder);
  onTestFinished(() => study.close());
  return { folder, study };
}

function useStudy(...args: readonly string[]) {
  const script = join(import.meta.dirname, "useStudy.ts");
  return spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
}

async function failureOf(action: () => unknown): Promise<UserError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("the action succeeded");
}

describe("a study's lock", () => {
  it("is held by one run at a time, and not waited for in the same process; writing and reading go on", async () => {
    const { folder, study } = newStudy();
    const lock = study.lock();
    const other = openStudy(folder);
    onTestFinished(() => other.close());
    // The test's own time would be over.
    const { message, hint } = await failureOf(() => other.lock(600_000));
    expect(message).toBe(`${folder}: this Clipbook is classifying in this study already`);
    expect(hint).toContain("wait until that is done");
    const encoderId = other.embeddings.encoderId(encoderRecord);
    other.runs.start(runSpec(encoderId));
    expect(study.runs.unfinished()).toHaveLength(1);
    lock.release();
    other.lock().release();
  });

  it("is waited for where another process has it, which is named, and ends with that, however it ends", async () => {
    const { folder, study } = newStudy();
    const holder = useStudy("lock", folder, "60000");
    const ended = new Promise((resolve) => holder.on("exit", resolve));
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    const startedMs = performance.now();
    const { message, hint } = await failureOf(() => study.lock());
    expect(performance.now() - startedMs).toBeGreaterThan(1_500);
    expect(message).toBe(
      `${folder}: another Clipbook (process ${holder.pid}@${hostname()}) is classifying in this study`,
    );
    expect(hint).toContain("wait until it is done");
    holder.kill("SIGKILL");
    await ended;
    study.lock().release();
  });

  it("is had by one of many that ask at once, and by each in its turn", async () => {
    const { folder } = newStudy();
    const children = Array.from({ length: 4 }, () => useStudy("lock", folder, "100"));
    const codes = children.map((child) => new Promise((resolve) => child.on("exit", resolve)));
    expect(await Promise.all(codes)).toEqual([0, 0, 0, 0]);
  });

  it("of two studies are two", () => {
    const first = newStudy().study.lock();
    newStudy().study.lock().release();
    first.release();
  });

  it("cannot be had where nothing may be written", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const { message } = await failureOf(() => asNobody(() => lockStudy(folder)));
    expect(message).toContain("cannot be written here");
  });
});
