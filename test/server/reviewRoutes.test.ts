import { describe, expect, it, onTestFinished } from "vitest";
import { drawReviewQueue } from "../../src/pipeline/reviews/reviewQueue.ts";
import { summariseReview } from "../../src/pipeline/reviews/summariseReview.ts";
import { type PlainRunSpec, plainRun } from "../pipeline/plainRun.ts";
import { contextOf } from "./serveStudy.ts";
import { testedApp } from "./testedApp.ts";

const queue = { kind: "random", n: 12, seed: 1 } as const;

/** The app on a study with a run that has no pictures. */
function serve(spec: PlainRunSpec) {
  const { folder, run } = plainRun(spec);
  const { context, close } = contextOf(folder, { now: () => new Date("2026-04-03T10:00:00Z") });
  onTestFinished(close);
  const app = testedApp({ context, webFolder: folder });
  const ask = async (path: string) => {
    const response = await app.request(`/api/runs/1/review/${path}`);
    return { status: response.status, body: await response.json() };
  };
  const post = async (changes: object) => {
    const body = { position: 0, reviewer: "Anna", verdict: "right", note: "", queue, seen: 0, ...changes };
    const response = await app.request("/api/runs/1/review/verdicts", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  return { study: context.study, run, app, ask, post };
}

describe("the queue", () => {
  it("comes with everything that the screen shows, in its order", async () => {
    const { study, run, ask } = serve({ sizes: [40, 40], names: ["Trees", "Häuser & <b>"] });
    const { status, body } = await ask("queue?kind=random&n=12&seed=1&reviewer=Anna");
    expect(status).toBe(200);
    expect(body.categories).toEqual(["Trees", "Häuser & <b>"]);
    const positions = drawReviewQueue(study, run, queue);
    expect(body.members.map(({ position }: { position: number }) => position)).toEqual(positions);
    const row = study.runs.row(run.id, positions[0] as number);
    expect(body.members[0]).toEqual({
      position: positions[0],
      unitId: expect.any(Number),
      imageId: row.imageId,
      name: row.unit.name,
      category: row.prediction?.category,
      phrase: `phrase ${row.prediction?.phrase}`,
      probability: row.prediction?.probability,
      own: null,
    });
  });

  it("knows what this reviewer said, and not what another did", async () => {
    const { ask, post } = serve({ sizes: [5] });
    await post({ position: 2, verdict: "unsure", note: "blurred" });
    const ownOf = async (reviewer: string) => {
      const { body } = await ask(`queue?kind=random&n=12&seed=1&reviewer=${reviewer}`);
      return body.members.find(({ position }: { position: number }) => position === 2).own;
    };
    expect(await ownOf("Anna")).toEqual({
      id: 1,
      reviewer: "Anna",
      verdict: "unsure",
      note: "blurred",
      judgedAt: "2026-04-03T10:00:00.000Z",
      isOfSample: true,
    });
    expect(await ownOf("Ben")).toBeNull();
  });

  it.each([
    ["queue?kind=best&n=12&seed=1&reviewer=A", /kind/],
    ["queue?kind=random&n=0&seed=1&reviewer=A", /n/],
    ["queue?kind=random&n=1001&seed=1&reviewer=A", /n/],
    ["queue?kind=random&n=1.5&seed=1&reviewer=A", /no whole number/],
    ["queue?kind=random&n=12&seed=-1&reviewer=A", /seed/],
    ["queue?kind=random&n=12&seed=1&category=2&reviewer=A", /no category 2/],
    ["queue?kind=random&n=12&seed=1&reviewer=%20", /name is empty/],
    ["queue?kind=random&n=12&seed=1&reviewer=%E2%80%8B", /nothing that can be seen/],
    ["queue?kind=random&n=12&seed=1", /reviewer/],
    ["results?kind=random&n=12&seed=1&category=7", /no category 7/],
  ])("cannot be asked for as %s", async (path, message) => {
    const { ask } = serve({ sizes: [5, 5] });
    const { status, body } = await ask(path);
    expect(status).toBe(400);
    expect(body.error).toMatch(message);
  });

  it("is refused where it would be larger than can be sent", async () => {
    const { ask } = serve({ sizes: Array.from({ length: 21 }, () => 1) });
    const { status, body } = await ask("queue?kind=random&n=1000&seed=1&reviewer=A");
    expect([status, body.hint]).toEqual([400, "give 952 or less, or choose one category"]);
  });

  it("of a run that is not there is not found", async () => {
    const { app } = serve({ sizes: [5] });
    for (const path of ["queue?kind=random&n=12&seed=1&reviewer=A", "reviewers", "units/0/history"])
      expect((await app.request(`/api/runs/9/review/${path}`)).status).toBe(404);
  });
});

describe("a verdict", () => {
  it("is stored when it is answered", async () => {
    const { study, post } = serve({ sizes: [5, 5], names: ["Trees", "Houses"] });
    const { category } = study.reviews.units(1, [3])[0] as { category: number };
    const correctCategory = category === 0 ? "Houses" : "Trees";
    const { status, body } = await post({ position: 3, verdict: "wrong", correctCategory, note: " two\n" });
    expect(status).toBe(200);
    expect(body.verdict).toMatchObject({ id: 1, verdict: "wrong", correctCategory, note: " two\n" });
    expect(study.reviews.newest(1)).toEqual([
      {
        id: 1,
        runId: 1,
        position: 3,
        reviewer: "Anna",
        verdict: "wrong",
        correctCategory,
        note: " two\n",
        queue: JSON.stringify(queue),
        judgedAt: "2026-04-03T10:00:00.000Z",
      },
    ]);
  });

  it("does not overwrite one that the client has not seen: 409 with that one", async () => {
    const { study, post } = serve({ sizes: [5] });
    await post({ verdict: "right" });
    const { status, body } = await post({ verdict: "wrong" });
    expect(status).toBe(409);
    expect(body).toEqual({
      error: "this picture was judged elsewhere meanwhile",
      hint: "that verdict stands; nothing was overwritten",
      present: {
        id: 1,
        reviewer: "Anna",
        verdict: "right",
        note: "",
        judgedAt: "2026-04-03T10:00:00.000Z",
        isOfSample: true,
      },
      yours: { verdict: "wrong", note: "" },
    });
    expect(study.reviews.newest(1).map(({ verdict }) => verdict)).toEqual(["right"]);
    expect((await post({ verdict: "wrong", seen: 1 })).status).toBe(200);
  });

  it("of the same name typed otherwise is the same reviewer's", async () => {
    const { post } = serve({ sizes: [5] });
    expect((await post({ reviewer: "Zoe\u0308  B." })).status).toBe(200);
    expect((await post({ reviewer: " Zo\u00eb B. " })).status).toBe(409);
    expect((await post({ reviewer: "zo\u00eb B." })).status).toBe(200);
  });

  it.each([
    [{ verdict: "maybe" }, /verdict/],
    [{ position: -1 }, /position/],
    [{ position: 99 }, /no prediction/],
    [{ reviewer: "a\u0000b" }, /control characters/],
    [{ reviewer: "x".repeat(81) }, /80 characters/],
    [{ note: "x".repeat(4001) }, /4000 characters/],
    [{ verdict: "wrong", correctCategory: "Elsewhere" }, /no category/],
    [{ verdict: "wrong", correctCategory: "Category 0" }, /only a wrong/],
    [{ queue: { ...queue, category: 3 } }, /no category 3/],
    [{ queue: { ...queue, shuffled: true } }, /shuffled/],
    [{ colour: "red" }, /colour/],
  ])("that is none is refused: %j", async (changes, message) => {
    const { study, post } = serve({ sizes: [5] });
    const { status, body } = await post(changes);
    expect(status).toBe(400);
    expect(body.error).toMatch(message);
    expect(study.reviews.newest(1)).toEqual([]);
  });

  it("that is no JSON is refused", async () => {
    const { app } = serve({ sizes: [5] });
    const response = await app.request("/api/runs/1/review/verdicts", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{",
    });
    expect(response.status).toBe(400);
  });

  it("has a history", async () => {
    const { ask, post } = serve({ sizes: [5] });
    await post({ position: 4 });
    await post({ position: 4, verdict: "withdrawn", seen: 1 });
    await post({ position: 4, reviewer: "Ben", verdict: "unsure" });
    const { body } = await ask("units/4/history");
    expect(
      body.verdicts.map((row: { reviewer: string; verdict: string }) => [row.reviewer, row.verdict]),
    ).toEqual([
      ["Anna", "right"],
      ["Anna", "withdrawn"],
      ["Ben", "unsure"],
    ]);
  });
});

describe("results and reviewers", () => {
  it("are those of the pipeline, of one reviewer or of anybody", async () => {
    const { study, run, ask, post } = serve({ sizes: [40, 40] });
    const positions = drawReviewQueue(study, run, queue);
    for (const position of positions.slice(0, 9)) await post({ position });
    await post({ position: positions[0], reviewer: "Ben", verdict: "wrong" });
    for (const reviewer of ["Anna", "Ben", undefined]) {
      const query = reviewer === undefined ? "" : `&reviewer=${reviewer}`;
      const { body } = await ask(`results?kind=random&n=12&seed=1${query}`);
      const summary = summariseReview(study, run, { queue, reviewer });
      expect(body).toEqual(JSON.parse(JSON.stringify(summary)));
    }
    const { body } = await ask("reviewers");
    expect(body.reviewers).toEqual([
      {
        reviewer: "Anna",
        judged: 9,
        skipped: 0,
        lastAt: "2026-04-03T10:00:00.000Z",
        queue,
        queueText: "random, 12 per category, seed 1",
      },
      expect.objectContaining({ reviewer: "Ben", judged: 1 }),
    ]);
  });
});
