import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { makeCopies } from "../kill/makePictures.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { runClipbook, startClipbook, waitFor } from "./runClipbook.ts";

const args = ["classify", "pictures", "--model", "demo", "--json", "--no-overview", "--threads", "1"];

/** A folder with pictures and the demo's codebook. */
async function workFolder(pictures: number): Promise<string> {
  const folder = temporaryFolder();
  copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
  await makeCopies(join(folder, "pictures"), pictures);
  return folder;
}

function storedEmbeddings(folder: string): number {
  const database = new DatabaseSync(join(folder, "clipbook.db"), { readOnly: true });
  const stored = database.prepare("SELECT count(*) AS n FROM embedding").get()?.n;
  database.close();
  return Number(stored);
}

/** Starts a run and sends it signals so long after it has said `when`; how it ended, and how long after the last signal. */
async function interrupt(folder: string, more: readonly string[], when: string, times: readonly number[]) {
  const child = startClipbook([...args, ...more], { cwd: folder });
  const ended = waitFor(child);
  let signalledMs = Number.NaN;
  let said = "";
  child.stderr?.on("data", (text: string) => {
    said += text;
    if (!said.includes(when) || !Number.isNaN(signalledMs)) return;
    signalledMs = performance.now() + (times.at(-1) ?? 0);
    for (const delayMs of times) setTimeout(() => child.kill("SIGINT"), delayMs);
  });
  const { code, stderr } = await ended;
  return { code, signal: child.signalCode, stderr, endedMs: performance.now() - signalledMs };
}

async function runAgain(folder: string) {
  const { code, stdout } = await runClipbook(args, { cwd: folder });
  expect(code).toBe(0);
  return JSON.parse(stdout) as { embedded: number; counts: { classified: number } };
}

/** Half a batch goes through the tower at once, which takes half a second on a usual processor with one thread. */
const batch = ["--batch-size", "1000"];
const part = 500;
const all = 6 * part;
const firstIsStored = "classifying 16%";

describe("Ctrl-C while a part is in the tower", () => {
  it("finishes what is there, says so and how to continue, and the next run does the rest", async () => {
    // Whether the next part is in the tower when the first is stored, or a moment later, goes with the machine.
    let folder = "";
    let code: number | null = null;
    let stderr = "";
    let stored = 0;
    for (const delayMs of [0, 200, 400, 600, 800]) {
      folder = await workFolder(all);
      ({ code, stderr } = await interrupt(folder, batch, firstIsStored, [delayMs]));
      stored = storedEmbeddings(folder);
      if (stored >= 2 * part && stored < all && stderr.includes("finishing")) break;
    }
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /\nfinishing what is under way \(Ctrl-C again ends at once\)\n(.*\n)*interrupted: what was finished is stored, run the same command again to continue\n$/,
    );
    expect(stored).toBeGreaterThanOrEqual(2 * part);
    expect(stored).toBeLessThan(all);
    expect(stored % part).toBe(0);
    expect(readdirSync(folder).filter((name) => /\.(csv|tmp)$/.test(name))).toEqual([]);
    const { embedded, counts } = await runAgain(folder);
    expect([embedded, counts.classified]).toEqual([all - stored, all]);
  });

  it("pressed twice ends at once, without it, and the next run does the rest", async () => {
    // Once is enough, and there is no second time, unless a part is in the tower; as above.
    let folder = "";
    let ended: Awaited<ReturnType<typeof interrupt>> | undefined;
    for (const delayMs of [0, 200, 400, 600, 800]) {
      folder = await workFolder(all);
      ended = await interrupt(folder, batch, firstIsStored, [delayMs, delayMs + 100]);
      if (ended.signal !== null) break;
    }
    const { signal, stderr, endedMs } = ended ?? {};
    // A shell reports the end by this signal as 130.
    expect(signal).toBe("SIGINT");
    expect(endedMs).toBeLessThan(1_000);
    expect(stderr).toMatch(/\nended at once: run the same command again to continue\n$/);
    const stored = storedEmbeddings(folder);
    expect(stored).toBeGreaterThanOrEqual(part);
    expect(stored).toBeLessThan(all);
    expect(stored % part).toBe(0);
    const { embedded, counts } = await runAgain(folder);
    expect([embedded, counts.classified]).toEqual([all - stored, all]);
  });
});
