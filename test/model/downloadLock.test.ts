import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withDownloadLock } from "../../src/model/downloadLock.ts";

let folder: string;
let lock: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "clipbook-lock-"));
  lock = join(folder, "file.lock");
});
afterEach(() => rm(folder, { recursive: true }));

describe("a download lock", () => {
  it("lets one work after the other, longer than the time after which it would count as left behind", async () => {
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await wait(600);
      log.push(`${name} ends`);
    };
    await Promise.all(["a", "b", "c"].map((name) => withDownloadLock(lock, work(name), { staleMs: 200 })));
    for (let i = 0; i < log.length; i += 2) expect(log[i + 1]).toBe(log[i]?.replace("begins", "ends"));
    expect(log.length).toBe(6);
    expect(await readdir(folder)).toEqual([]);
  });

  it("is given back when the work fails", async () => {
    const failing = withDownloadLock(lock, () => Promise.reject(new RangeError("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await readdir(folder)).toEqual([]);
  });

  it("is taken over when its holder was killed, whatever the clocks say", async () => {
    await writeFile(lock, "");
    const tomorrow = new Date(Date.now() + 86_400_000);
    await utimes(lock, tomorrow, tomorrow);
    expect(await withDownloadLock(lock, async () => "done", { staleMs: 100 })).toBe("done");
  });

  it("stops waiting when the user interrupts", async () => {
    await writeFile(lock, "");
    const signal = AbortSignal.timeout(50);
    await expect(withDownloadLock(lock, async () => "done", { staleMs: 60_000, signal })).rejects.toThrow(
      "abort",
    );
    expect(await readdir(folder)).toEqual(["file.lock"]);
  });
});
