import { describe, expect, it, onTestFinished } from "vitest";
import { type PlainRunSpec, plainRun } from "../pipeline/plainRun.ts";
import { contextOf } from "./serveStudy.ts";
import { testedApp } from "./testedApp.ts";

const nothing = { samples: [], reviewed: false, examples: false };
const plan = { runId: 1, purpose: "test", design: { size: 40, floor: 10 }, exclusions: nothing };
const draw = { ...plan, name: "test", seed: 3, isSealed: true };

/** The app on a study with a run that has no pictures. */
function serve(spec: PlainRunSpec = { sizes: [200, 50, 9], names: ["Trees", "Häuser & <b>", "People"] }) {
  const { folder } = plainRun(spec);
  const { context, close } = contextOf(folder, { now: () => new Date("2026-05-03T10:00:00Z") });
  onTestFinished(close);
  const app = testedApp({ context, webFolder: folder });
  const get = async (path: string) => (await app.request(`/api/${path}`)).json();
  const post = async (path: string, body: object) => {
    const response = await app.request(`/api/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  return { study: context.study, get, post };
}

describe("planning", () => {
  it("answers with what would be drawn and told, and draws nothing", async () => {
    const { get, post } = serve();
    const { status, body } = await post("samples/plan", plan);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      design: { kind: "stratified", size: 40, floor: 10, isSplit: false },
      designText: "stratified by predicted category, at least 10 of each",
      frameSize: 259,
      names: ["Trees", "Häuser & <b>", "People"],
      assumedPrecision: 0.8,
    });
    expect(body.parts.map(({ size, drawn }: { size: number; drawn: number }) => [size, drawn])).toEqual([
      [200, 19],
      [50, 12],
      [9, 9],
    ]);
    expect(body.expected.accuracy.halfWidth).toBeGreaterThan(0.05);
    expect(await get("samples")).toEqual({ samples: [] });
  });

  it("suggests what was left open, and sees a verdict that was added meanwhile", async () => {
    const { study, post } = serve();
    const exclusions = { ...nothing, reviewed: true };
    const ask = async () => (await post("samples/plan", { ...plan, design: {}, exclusions })).body;
    expect(await ask()).toMatchObject({ design: { size: 259, floor: 50 }, left: { reviewed: 0 } });
    study.transaction(() =>
      study.reviews.add(
        {
          runId: 1,
          position: 4,
          reviewer: "Anna",
          verdict: "right",
          correctCategory: undefined,
          note: "",
          queue: "{}",
          judgedAt: "2026-05-03T10:00:00.000Z",
        },
        0,
      ),
    );
    expect(await ask()).toMatchObject({ design: { size: 258 }, left: { reviewed: 1 } });
  });

  it("plans a run of 50,000 different images by every design", async () => {
    const { post } = serve({ sizes: [35_000, 10_000, 5000] });
    await post("samples/plan", plan);
    for (const kind of ["stratified", "split", "simple", "uncertainty"]) {
      expect((await post("samples/plan", { ...plan, design: { kind, size: 400 } })).status).toBe(200);
    }
  }, 120_000);
});

describe("drawing", () => {
  it("tells of images that other samples have, too", async () => {
    const { post } = serve();
    const design = { kind: "simple", size: 259 };
    expect(
      (await post("samples", { ...draw, name: "all", purpose: "pilot", isSealed: false, design })).body,
    ).toMatchObject({ overlaps: [] });
    const planned = await post("samples/plan", plan);
    expect(planned.body.overlaps).toEqual([{ name: "all", purpose: "pilot", images: expect.closeTo(40, 6) }]);
    const drawn = await post("samples", draw);
    expect(drawn.body.overlaps).toEqual([{ name: "all", purpose: "pilot", images: 40 }]);
  });

  it("stores a sample, lists it, and refuses its name the second time", async () => {
    const { study, get, post } = serve();
    const { status, body } = await post("samples", draw);
    expect(status).toBe(200);
    expect(body.sample).toMatchObject({
      name: "test",
      size: 40,
      isSealed: true,
      seed: 3,
      coders: [],
      openings: [],
      drawnAt: "2026-05-03T10:00:00.000Z",
    });
    expect(study.samples.members(body.sample.id)).toHaveLength(40);
    await post(`samples/${body.sample.id}/coders`, { coder: "Anna", role: "coder" });
    const { samples } = await get("samples");
    expect(samples).toHaveLength(1);
    expect(samples[0].coders).toMatchObject([{ coder: "Anna", role: "coder", coded: 0, size: 40 }]);
    const again = await post("samples", { ...draw, seed: 4 });
    expect([again.status, again.body.error]).toEqual([
      400,
      'sample "test" exists already: drawn on 2026-05-03 from run 1',
    ]);
    expect((await get("samples")).samples).toHaveLength(1);
  });

  it.each([
    ["an unknown key", { ...draw, floor: 3 }, "Unrecognized key"],
    ["a training round", { ...draw, purpose: "training" }, "purpose"],
    ["a size of half an image", { ...draw, design: { size: 2.5 } }, "size"],
    ["a run that is not there", { ...draw, runId: 7 }, "the study has no run 7"],
    ["a size above the frame", { ...draw, design: { size: 260 } }, "run 1 has 259 different ones"],
    ["a seal on a pilot", { ...draw, purpose: "pilot" }, "a pilot sample cannot be sealed"],
    [
      "a sample to leave out that is not there",
      { ...draw, exclusions: { ...nothing, samples: ["x"] } },
      "no sample",
    ],
  ])("refuses %s", async (_, body, message) => {
    const { get, post } = serve();
    const answer = await post("samples", body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.error).toContain(message);
    expect((await get("samples")).samples).toEqual([]);
  });

  it("makes no training round where nothing has a known category", async () => {
    const { post } = serve();
    const { status, body } = await post("samples/training", {
      runId: 1,
      name: "quiz",
      from: null,
      passMark: 0.8,
      seed: 1,
    });
    expect([status, body.error]).toEqual([400, "the codebook has no examples"]);
  });
});

describe("freezing", () => {
  it("records it once and says whether it is of the run that is asked about", async () => {
    const { get, post } = serve();
    expect(await get("freezes?run=1")).toEqual({ freezes: [], isOfRun: false });
    const { body } = await post("freeze", { runId: 1 });
    expect(body.freeze).toMatchObject({ id: 1, runId: 1, frozenAt: "2026-05-03T10:00:00.000Z" });
    await post("freeze", { runId: 1 });
    expect(await get("freezes?run=1")).toEqual({ freezes: [body.freeze], isOfRun: true });
    expect(await get("freezes")).toMatchObject({ isOfRun: false });
    expect((await post("freeze", { runId: 2 })).status).toBe(404);
  });
});
