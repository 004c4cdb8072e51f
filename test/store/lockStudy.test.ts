import { spawn } from "node:child_process";
import { chmodSync } from "node:fs";
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
  it("is held by one run at a time, and names its process; writing and reading go on", async () => {
    const { folder, study } = newStudy();
    const lock = study.lock();
    const encoderId = study.embeddings.encoderId(encoderRecord);
    study.runs.start(runSpec(encoderId, { writer: "123@example" }));
    const other = openStudy(folder);
    onTestFinished(() => other.close());
    const { message, hint } = await failureOf(() => other.lock());
    expect(message).toBe(`${folder}: another Clipbook (process 123@example) is classifying in this study`);
    expect(hint).toContain("wait until it is done");
    expect(other.runs.unfinished()).toHaveLength(1);
    lock.release();
    other.lock().release();
  });

  it("ends with its process, however that ends", async () => {
    const { folder, study } = newStudy();
    const holder = spawn(
      process.execPath,
      [join(import.meta.dirname, "useStudy.ts"), "lock", folder, "60000"],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const ended = new Promise((resolve) => holder.on("exit", resolve));
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    expect((await failureOf(() => study.lock())).message).toContain("another Clipbook is classifying");
    holder.kill("SIGKILL");
    await ended;
    study.lock().release();
  });

  it("of two studies are two", () => {
    const first = newStudy().study.lock();
    newStudy().study.lock().release();
    first.release();
  });

  it("cannot be had where nothing may be written", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const { message } = await failureOf(() => asNobody(() => lockStudy(folder, () => undefined)));
    expect(message).toContain("cannot be written here");
  });
});
