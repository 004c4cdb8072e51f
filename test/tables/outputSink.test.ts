import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { openFileSink } from "../../src/tables/outputSink.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

it.runIf(process.platform !== "win32")(
  "a pipe whose reader stops early is the reader's affair, and named",
  async () => {
    const path = join(temporaryFolder(), "pipe.csv");
    execFileSync("mkfifo", [path]);
    const reader = spawn("head", ["-c", "1", path], { stdio: "ignore" });
    const sink = await openFileSink(path);
    const writeOn = async () => {
      for (;;) await sink.write("x".repeat(65_536));
    };
    const failed = await writeOn().catch((error: unknown) => error);
    await sink.discard();
    reader.kill();
    expect(failed).toBeInstanceOf(UserError);
    expect((failed as UserError).message).toBe(`${path}: whatever read it has stopped`);
  },
);
