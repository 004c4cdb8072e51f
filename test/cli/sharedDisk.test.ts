import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, type TestContext } from "vitest";
import { maybePreloaded, type PreloadedSpec } from "../faults/maybePreloaded.ts";
import { askApp } from "../server/askApp.ts";
import { runClipbook } from "./runClipbook.ts";
import { post, serve, workFolder } from "./serveFolder.ts";

/** NFS, as statfs(2) numbers it. */
const nfs = 0x6969;

const classify = ["classify", "pictures", "--model", "demo", "--no-overview", "--output", "out.csv"];

function preloaded(
  { skip }: Pick<TestContext, "skip">,
  spec: PreloadedSpec,
): Readonly<Record<string, string>> {
  return maybePreloaded(spec) ?? skip("left out: another disk is compiled with gcc, for Linux");
}

/** What SQLite writes into the header: 2 for a write-ahead log, 1 for a journal (https://sqlite.org/fileformat.html, 1.3.3). */
function headerMode(folder: string): number | undefined {
  return readFileSync(join(folder, "clipbook.db"))[18];
}

function logsIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => /-(wal|shm)$/.test(name));
}

describe("a study on a network disk", () => {
  it("is told of once on stderr, gets no write-ahead log, and the same table", async (context) => {
    const env = preloaded(context, { diskType: nfs });
    const folder = await workFolder();
    const local = await runClipbook(classify, { cwd: folder });
    expect([local.code, headerMode(folder)]).toEqual([0, 2]);
    expect(local.stderr).not.toContain("other machines");
    const table = readFileSync(join(folder, "out.csv"), "utf8");
    const { code, stderr } = await runClipbook(classify, { cwd: folder, env });
    expect(code).toBe(0);
    expect(
      stderr.match(/note: the study lies on a disk that other machines may write to \(NFS\)/g),
    ).toHaveLength(1);
    expect([headerMode(folder), logsIn(folder)]).toEqual([1, []]);
    expect(readFileSync(join(folder, "out.csv"), "utf8")).toBe(table);
  });

  it("is served, judged and classified at the same time; downloads do not hold up verdicts", async (context) => {
    const env = preloaded(context, { diskType: nfs });
    const folder = await workFolder(40);
    expect((await runClipbook(classify, { cwd: folder, env })).code).toBe(0);
    const { address, end } = await serve(folder, ["--no-open"], env);
    // Not read to its end, as by a slow browser.
    const download = await askApp(`${address}api/runs/1/results?format=csv&columns=without`);
    onTestFinished(() => download.body?.cancel());
    expect(download.status).toBe(200);
    const queue = { kind: "random", n: 12, seed: 1 };
    const given = { position: 0, reviewer: "Ben", verdict: "right", note: "", queue, seen: 0 };
    expect((await post(address, "/runs/1/review/verdicts", given)).status).toBe(200);
    const thumbnail = await askApp(`${address}api/images/1/thumbnail?px=192&unit=1`);
    expect(thumbnail.status).toBe(200);
    const [again] = await Promise.all([
      runClipbook(classify, { cwd: folder, env }),
      askApp(`${address}api/study`).then((answer) => expect(answer.status).toBe(200)),
    ]);
    expect([again.code, logsIn(folder)]).toEqual([0, []]);
    const { code, stderr } = await end();
    expect([code, stderr]).toEqual([0, expect.stringContaining("(NFS)")]);
  });
});

describe("a disk whose files cannot be shared memory", () => {
  it("gets a journal instead of a write-ahead log, and keeps a study that had one", async (context) => {
    const env = preloaded(context, { mapsNothing: true });
    const folder = await workFolder();
    expect((await runClipbook(classify, { cwd: folder })).code).toBe(0);
    const table = readFileSync(join(folder, "out.csv"), "utf8");
    expect(headerMode(folder)).toBe(2);
    for (const study of [".", "new"]) {
      mkdirSync(join(folder, study), { recursive: true });
      const args = [...classify, "--codebook", "codebook.yaml", "--study", study];
      const { code, stderr } = await runClipbook(args, { cwd: folder, env });
      expect([study, code, stderr]).toEqual([study, 0, expect.not.stringContaining("error")]);
      expect([headerMode(join(folder, study)), readFileSync(join(folder, "out.csv"), "utf8")]).toEqual([
        1,
        table,
      ]);
    }
    expect(existsSync(join(folder, "new/clipbook.db-wal"))).toBe(false);
    expect(statSync(join(folder, "new/clipbook.db")).mode & 0o777).toBe(0o600);
  });

  it("is told as what is wrong where the journal cannot be had either", async (context) => {
    const folder = await workFolder();
    const below = join(folder, "clipbook.db-journal");
    const env = preloaded(context, { mapsNothing: true, below, kinds: ["write"], at: 1 });
    // A new study would meet the fault before it misses the shared memory.
    expect((await runClipbook(classify, { cwd: folder })).code).toBe(0);
    const { code, stderr } = await runClipbook(classify, { cwd: folder, env });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/damaged, or its disk is/)]);
    expect(stderr).not.toContain("fault of Clipbook");
  });
});
