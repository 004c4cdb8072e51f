import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { makeCopies } from "../kill/makePictures.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { runClipbook, startClipbook, waitFor } from "./runClipbook.ts";

const model = ["--model", "demo", "--no-overview"];

/** A folder with the demo's codebook, many pictures, few pictures, and a study with one finished run over the few. */
async function workFolder(): Promise<string> {
  const folder = temporaryFolder();
  copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
  await makeCopies(join(folder, "many"), 20_000);
  mkdirSync(join(folder, "few"));
  for (const name of readdirSync(join(folder, "many")).slice(0, 3)) {
    copyFileSync(join(folder, "many", name), join(folder, "few", name));
  }
  expect((await runClipbook(["classify", "few", ...model], { cwd: folder })).code).toBe(0);
  return folder;
}

describe("two processes on one study", () => {
  it("read while one writes; the second writer is told the first, and has its turn afterwards", async () => {
    const folder = await workFolder();
    // One picture at a time: many transactions, and several times as long as everything below.
    const slow = ["--batch-size", "1", "--threads", "1"];
    const first = startClipbook(["classify", "many", ...model, ...slow], { cwd: folder });
    onTestFinished(() => void first.kill("SIGKILL"));
    const firstEnded = waitFor(first);
    await new Promise<void>((resolve) => {
      first.stderr?.on("data", (text: string) => text.includes("classifying") && resolve());
    });
    const reader = new DatabaseSync(join(folder, "clipbook.db"), { readOnly: true });
    const stored = () => Number(reader.prepare("SELECT count(*) AS n FROM embedding").get()?.n);
    const before = stored();
    const another = ["classify", "few", ...model, "--study", "another", "--codebook", "codebook.yaml"];
    const startedMs = performance.now();
    const second = runClipbook(["classify", "few", ...model], { cwd: folder }).then((ended) => ({
      ...ended,
      endedMs: performance.now() - startedMs,
    }));
    const [page, elsewhere, refused] = await Promise.all([
      runClipbook(["overview"], { cwd: folder }),
      runClipbook(another, { cwd: folder }),
      second,
    ]);
    expect(first.exitCode).toBeNull();
    expect(stored()).toBeGreaterThan(before);
    reader.close();
    expect([page.stderr, page.code]).toEqual(["", 0]);
    expect(elsewhere.code).toBe(0);
    expect(refused.code).toBe(1);
    expect(refused.endedMs).toBeGreaterThan(2_000);
    expect(refused.stderr).toMatch(
      new RegExp(
        `\\nerror: \\.: another Clipbook \\(process ${first.pid}@${hostname()}\\) is classifying in this study\\nhint: wait until it is done`,
      ),
    );
    first.kill("SIGINT");
    expect((await firstEnded).code).toBe(130);
    expect((await runClipbook(["classify", "few", ...model], { cwd: folder })).code).toBe(0);
  });

  it("lets the second writer in, when the first ends while it waits", async () => {
    const folder = await workFolder();
    const lock = new DatabaseSync(join(folder, "clipbook.lock"));
    lock.exec("BEGIN IMMEDIATE");
    const second = runClipbook(["classify", "few", ...model], { cwd: folder });
    setTimeout(() => lock.close(), 1_200);
    expect((await second).code).toBe(0);
  });
});
