import { existsSync, openSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";
import { openTestDecoders } from "./openTestDecoders.ts";
import { plainPng, smallView } from "./pictures.ts";

/** Lets this process believe that another program is Node. */
function withProgram(path: string): void {
  const { execPath } = process;
  process.execPath = path;
  onTestFinished(() => {
    process.execPath = execPath;
  });
}

it.each(["/no/such/program", "/bin/false"])(
  "%s in place of a decoder is no fault of any picture, and is not started for ever",
  async (program) => {
    withProgram(program);
    const { decoders, pidsOf } = openTestDecoders({ count: 2 });
    const bytes = await plainPng(90, 60);
    const work = Array.from({ length: 8 }, () => decoders.view(bytes, smallView).catch((error) => error));
    for (const error of await Promise.all(work)) {
      expect(error).toBeInstanceOf(UserError);
      expect(error.message).toBe("the process that decodes pictures cannot be started");
    }
    expect(pidsOf("ended").length).toBeLessThanOrEqual(4);
  },
);

it("a decoder that is killed while it starts costs nothing: another one is started", async () => {
  const folder = temporaryFolder();
  const program = join(folder, "node-the-second-time");
  const { execPath } = process;
  writeFileSync(
    program,
    `#!/bin/sh\nif test -e "${folder}/tried"; then exec "${execPath}" "$@"; fi\ntouch "${folder}/tried"\nkill -KILL $$\n`,
    { mode: 0o700 },
  );
  withProgram(program);
  const { decoders, pidsOf } = openTestDecoders({ count: 1 });
  await expect(decoders.view(await plainPng(90, 60), smallView)).resolves.toBeDefined();
  expect(pidsOf("started")).toHaveLength(1);
  expect(pidsOf("ended")).toHaveLength(1);
});

it("a decoder gets nothing of the environment, and no file that is open here", async () => {
  if (!existsSync("/proc/self/environ")) {
    process.stderr.write("left out: only Linux tells what a process was started with\n");
    return;
  }
  process.env.CLIPBOOK_SECRET = "of nobody's business";
  const study = openSync(join(temporaryFolder(), "clipbook.db"), "w");
  onTestFinished(() => {
    delete process.env.CLIPBOOK_SECRET;
  });
  const { decoders, pidsOf } = openTestDecoders({ count: 1 });
  await decoders.view(await plainPng(90, 60), smallView);
  const [pid] = pidsOf("started");
  const names = readFileSync(`/proc/${pid}/environ`, "utf8")
    .split("\0")
    .map((line) => line.split("=")[0] ?? "");
  expect(names.filter((name) => !["", "LD_LIBRARY_PATH", "UV_THREADPOOL_SIZE"].includes(name))).toEqual([]);
  const files = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  expect(files.filter((path) => path.includes("clipbook.db"))).toEqual([]);
  expect(study).toBeGreaterThan(2);
});
