import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const script = join(import.meta.dirname, "decodeAndTell.ts");

/** Whether a process works on; one that nobody has waited for yet does not. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/stat`;
    return !existsSync("/proc/self/stat") || !/\) [ZX] /.test(readFileSync(status, "utf8"));
  } catch {
    return false;
  }
}

it.each(["png", "bmp"])(
  "a decoder that is at a %s ends with its parent, though nobody tells it to",
  async (format) => {
    const parent = spawn(process.execPath, [script, format, "6000"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(line);
    expect(isRunning(pid)).toBe(true);
    parent.kill("SIGKILL");
    await once(parent, "exit");
    await expect.poll(() => isRunning(pid), { timeout: 30_000 }).toBe(false);
  },
);

it("a process ends when its work is done, though its decoders wait for more", async () => {
  const { status, stdout, error } = spawnSync(process.execPath, [script, "png", "50"], {
    timeout: 60_000,
    encoding: "utf8",
  });
  expect([error, status]).toEqual([undefined, 0]);
  // They are told by the end of the process, and end a moment later.
  await expect.poll(() => isRunning(Number(stdout)), { timeout: 30_000 }).toBe(false);
});
