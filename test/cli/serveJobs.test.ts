import { describe, expect, it, onTestFinished } from "vitest";
import { firstIsStored, followIndexing, isOver, type ToldJob } from "../server/followIndexing.ts";
import { runClipbook, startClipbook } from "./runClipbook.ts";
import { post, runsOf, serve, spec, storedEmbeddings, workFolder } from "./serveFolder.ts";

const isPaused = ({ phase }: ToldJob) => phase === "paused";

describe("clipbook serve with a job", () => {
  it("ends with 0 while a job runs: its batch is finished, and the next run does the rest", async () => {
    const all = 3_000;
    const folder = await workFolder(all);
    const { address, end } = await serve(folder, ["--no-open", "--threads", "1"]);
    expect((await post(address, "/indexing", spec)).status).toBe(200);
    await followIndexing(address, firstIsStored);
    const { code, stderr, tookMs } = await end();
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
    expect(tookMs).toBeLessThan(5_000);
    const stored = storedEmbeddings(folder);
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(all);
    const { stdout } = await runClipbook(
      ["classify", "pictures", "--model", "demo", "--json", "--no-overview"],
      { cwd: folder },
    );
    expect(JSON.parse(stdout)).toMatchObject({ embedded: all - stored, counts: { classified: all } });
  });

  it("ends with 0 while a job is paused", async () => {
    const folder = await workFolder(400);
    const { address, end } = await serve(folder);
    await post(address, "/indexing", spec);
    await followIndexing(address, firstIsStored);
    expect((await post(address, "/indexing/pause")).status).toBe(200);
    const { progress } = (await followIndexing(address, isPaused)).last;
    expect((await end()).code).toBe(0);
    expect(storedEmbeddings(folder)).toBe(progress.embedded);
  });

  it("killed in the middle of a job loses no finished batch", async () => {
    const all = 3_000;
    const folder = await workFolder(all);
    const { address, end: kill } = await serve(folder, ["--no-open", "--threads", "1"]);
    await post(address, "/indexing", spec);
    const { progress } = (await followIndexing(address, firstIsStored)).last;
    await kill("SIGKILL");
    expect(storedEmbeddings(folder)).toBeGreaterThanOrEqual(progress.embedded);
    const again = await serve(folder);
    expect(await runsOf(again.address)).toEqual([]);
    await post(again.address, "/indexing", spec);
    const { last: end } = await followIndexing(again.address, isOver);
    expect(end.progress.embedded).toBeLessThanOrEqual(all - progress.embedded);
    expect(await runsOf(again.address)).toEqual([end.runId]);
  });
});

describe("clipbook serve beside other processes", () => {
  const classify = ["classify", "pictures", "--model", "demo", "--no-overview"];

  it("shows the run that `clipbook classify` makes meanwhile", async () => {
    const folder = await workFolder();
    const { address } = await serve(folder);
    expect(await runsOf(address)).toEqual([]);
    const { code, stderr } = await runClipbook(classify, { cwd: folder });
    expect([stderr.includes("error"), code]).toEqual([false, 0]);
    expect(await runsOf(address)).toEqual([1]);
  });

  it("holds the study for its job: `clipbook classify` is told, and has its turn afterwards", async () => {
    const folder = await workFolder(400);
    const { address, child } = await serve(folder);
    await post(address, "/indexing", spec);
    await followIndexing(address, firstIsStored);
    await post(address, "/indexing/pause");
    await followIndexing(address, isPaused);
    const refused = await runClipbook(classify, { cwd: folder });
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(
        new RegExp(
          `error: \\.: another Clipbook \\(process ${child.pid}@.*\\) is classifying in this study\\nhint: wait`,
        ),
      ),
    ]);
    await post(address, "/indexing/resume");
    await followIndexing(address, isOver);
    expect((await runClipbook(classify, { cwd: folder })).code).toBe(0);
    expect(await runsOf(address)).toEqual([1, 2]);
  });

  it("is told by its job that `clipbook classify` holds the study", async () => {
    const folder = await workFolder(20_000);
    const { address } = await serve(folder);
    const running = startClipbook([...classify, "--batch-size", "1", "--threads", "1"], { cwd: folder });
    onTestFinished(() => void running.kill("SIGKILL"));
    await new Promise<void>((resolve) => {
      running.stderr?.on("data", (text: Buffer) => text.includes("classifying") && resolve());
    });
    await post(address, "/indexing", { ...spec, inputs: ["pictures/00001.jpg"] });
    const { phase, error } = (await followIndexing(address, isOver)).last;
    expect([phase, error?.error]).toEqual([
      "failed",
      expect.stringMatching(
        new RegExp(`^\\.: another Clipbook \\(process ${running.pid}@.*\\) is classifying in this study$`),
      ),
    ]);
  });

  it("is one of two on the same study, each on its own port", async () => {
    const folder = await workFolder();
    const [first, second] = [await serve(folder), await serve(folder)];
    expect(new URL(second.address).port).not.toBe(new URL(first.address).port);
    await post(second.address, "/indexing", spec);
    await followIndexing(second.address, isOver);
    expect(await runsOf(first.address)).toEqual([1]);
    expect((await Promise.all([first.end(), second.end()])).map(({ code }) => code)).toEqual([0, 0]);
  });
});
