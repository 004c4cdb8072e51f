import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { makeCopies, makePictures } from "../kill/makePictures.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { askApp } from "./askApp.ts";
import { firstIsStored, followIndexing, isOver } from "./followIndexing.ts";
import { serveStudy } from "./serveStudy.ts";

/** Serves a new study with the demo's codebook, beside a folder of pictures. */
async function serve(pictures = 3) {
  const folder = temporaryFolder();
  copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
  if (pictures > 0) await makeCopies(join(folder, "pictures"), pictures);
  const served = await serveStudy(folder);
  onTestFinished(async () => {
    await served.close();
    expect(served.faults).toEqual([]);
  });
  const url = (path: string) => `${served.address}/api${path}`;
  const post = async (path: string, body?: unknown) => {
    const response = await askApp(url(path), {
      method: "POST",
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      }),
    });
    return { status: response.status, body: await response.json() };
  };
  const spec = { inputs: [join(folder, "pictures")], model: "demo", precision: "float32", scoring: "max" };
  const follow = (isWanted: Parameters<typeof followIndexing>[1]) =>
    followIndexing(`${served.address}/`, isWanted);
  return { folder, served, url, post, spec, follow };
}

describe("the indexing routes", () => {
  it("start a job, tell of it as events, and end with a run that the study has", async () => {
    const { folder, url, post, spec, follow } = await serve(500);
    writeFileSync(join(folder, "pictures", "bad <b>.jpg"), "<html>");
    expect(await (await askApp(url("/indexing"))).json()).toMatchObject({
      phase: "idle",
      job: 0,
      isUnderWay: false,
      failures: [],
    });
    const started = await post("/indexing", spec);
    expect([started.status, started.body.phase, started.body.isUnderWay]).toEqual([200, "opening", true]);
    const { events, response, last } = await follow(isOver);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(last).toMatchObject({ phase: "done", of: 501, progress: { embedded: 500, failed: 1 } });
    // Told together that come fast: about five in a second.
    const states = events.filter(({ event }) => event === "state");
    const seconds = ((states.at(-1)?.atMs ?? 0) - (states[0]?.atMs ?? 0)) / 1000;
    expect(states.length).toBeLessThanOrEqual(2 + 5.5 * seconds);
    // The list comes once at first, and then only with something new in it.
    const lists = events.filter(({ event }) => event === "failures").map(({ data }) => data as unknown[]);
    expect(lists.map((list) => list.length)).toEqual([0, 1]);
    expect(lists[1]?.[0]).toMatchObject({ unit: join(folder, "pictures", "bad <b>.jpg") });
    const { runs } = (await (await askApp(url("/study"))).json()) as { runs: { id: number }[] };
    expect(runs.map(({ id }) => id)).toEqual([last.runId]);
  });

  it("tell a client that comes in the middle at once where the job is", async () => {
    const { post, spec, follow } = await serve(300);
    await post("/indexing", spec);
    await follow(firstIsStored);
    expect((await post("/indexing/pause")).body.phase).toBe("pausing");
    const { last } = await follow(({ phase }) => phase === "paused");
    const again = await follow(() => true);
    expect(again.events.map(({ event }) => event)).toEqual(["failures", "state"]);
    expect(again.last).toEqual(last);
    expect((await post("/indexing/resume")).body.phase).toBe("running");
    expect((await follow(isOver)).last.progress.embedded).toBe(300);
  });

  it("let clients go that go away", async () => {
    const { served, url } = await serve(0);
    const { indexing } = served.context;
    const { onChange } = indexing;
    let listening = 0;
    Object.assign(indexing, {
      onChange: (listener: () => void) => {
        const end = onChange(listener);
        listening += 1;
        return () => {
          listening -= 1;
          end();
        };
      },
    });
    const leaving = new AbortController();
    const clients = await Promise.all(
      Array.from({ length: 5 }, () => askApp(url("/indexing/events"), { signal: leaving.signal })),
    );
    expect(clients.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await expect.poll(() => listening).toBe(5);
    leaving.abort();
    await expect.poll(() => listening).toBe(0);
  });

  it("stop a job: no run is there, and the next one does the rest", async () => {
    const { url, post, spec, follow } = await serve(400);
    await post("/indexing", spec);
    await follow(firstIsStored);
    expect((await post("/indexing/stop")).body.phase).toBe("stopping");
    const { last } = await follow(isOver);
    expect([last.phase, last.runId]).toEqual(["stopped", undefined]);
    expect(await (await askApp(url("/study"))).json()).toMatchObject({ runs: [] });
    await post("/indexing", spec);
    const { last: end } = await follow(isOver);
    expect(end.progress.embedded).toBe(400 - last.progress.embedded);
  });

  it("answer 409 to a second start, and to what makes no sense now", async () => {
    const { post, spec, follow } = await serve(200);
    for (const path of ["pause", "resume", "stop"]) {
      const { status, body } = await post(`/indexing/${path}`);
      expect([status, typeof body.error]).toEqual([409, "string"]);
    }
    await post("/indexing", spec);
    expect(await post("/indexing", spec)).toMatchObject({
      status: 409,
      body: { error: "images are being added already", hint: expect.any(String) },
    });
    await follow(isOver);
  });

  it("refuse at once what cannot be opened, with the hint and the codebook's mistakes", async () => {
    const { folder, post, spec } = await serve(0);
    expect(await post("/indexing", { ...spec, inputs: ["nowhere/at/all"] })).toMatchObject({
      status: 400,
      body: { error: "nowhere/at/all: there is no such file or folder", hint: expect.any(String) },
    });
    writeFileSync(join(folder, "codebook.yaml"), "A: []\n");
    const { status, body } = await post("/indexing", { ...spec, inputs: [folder] });
    expect([status, body.mistakes.length]).toEqual([400, 1]);
  });

  it.for([
    [{ inputs: [] }, "inputs"],
    [{ inputs: "pictures" }, "inputs"],
    [{ inputs: [""] }, "inputs"],
    [{ model: 7 }, "model"],
    [{ precision: "float16" }, "precision"],
    [{ view: "upside down" }, "view"],
    [{ scoring: null }, "scoring"],
    [{ logitScale: -1 }, "logitScale"],
    [{ maxMegapixels: "many" }, "maxMegapixels"],
    [{ surprise: true }, "surprise"],
  ] as const)("refuse %j and name what is wrong", async ([more, named]) => {
    const { post, spec } = await serve(0);
    const { status, body } = await post("/indexing", { ...spec, ...more });
    expect([status, body.error]).toEqual([400, expect.stringContaining(named)]);
  });

  it("tell what a job failed with in the form of all errors", async () => {
    const { post, spec, follow } = await serve(1);
    await post("/indexing", { ...spec, model: "no-such-model" });
    const { last } = await follow(isOver);
    expect(last).toMatchObject({
      phase: "failed",
      error: { error: 'there is no model "no-such-model"', hint: expect.stringContaining("clip-vit-b32") },
    });
  });

  it("take ~ for the home folder, as a shell would have", async () => {
    const { served, post, spec, folder, follow } = await serve(0);
    Object.assign(served.context.environment, { HOME: folder });
    await makePictures(join(folder, "Pictures"), 2);
    await post("/indexing", { ...spec, inputs: ["~/Pictures"] });
    const { last } = await follow(isOver);
    expect(last).toMatchObject({ phase: "done", progress: { units: 2 } });
  });

  it("offer the newest run's settings for the next job", async () => {
    const { url, post, spec, follow } = await serve(2);
    await post("/indexing", { ...spec, scoring: "sum" });
    await follow(isOver);
    expect(await (await askApp(url("/indexing/defaults"))).json()).toMatchObject({
      folder: process.cwd(),
      spec: { ...spec, scoring: "sum" },
      views: ["center", "pad", "squash"],
    });
  });
});
