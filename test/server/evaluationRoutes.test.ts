import { parse } from "csv-parse/sync";
import { describe, expect, it, onTestFinished } from "vitest";
import { evaluationTableNames } from "../../src/figures/evaluation/evaluationTableNames.ts";
import { evaluationTables } from "../../src/pipeline/evaluation/evaluationTables.ts";
import { freezeCodebook } from "../../src/pipeline/samples/freezeCodebook.ts";
import type { Evaluation } from "../../src/validation/evaluation.ts";
import { codeSample } from "../pipeline/evaluation/codedRun.ts";
import { randomRun } from "../pipeline/randomRun.ts";
import { type PlainSampleSpec, plainSample } from "../pipeline/samples/plainSample.ts";
import { someEvaluation } from "../validation/someEvaluation.ts";
import { contextOf } from "./serveStudy.ts";
import { testedApp } from "./testedApp.ts";

/** The app on a study with a sample that two coders have coded; its pictures were never there. */
async function serve(spec: PlainSampleSpec = {}) {
  const { study, run, addRun } = await randomRun({ units: 120, pictures: 120, categories: 3 });
  await addRun({ scoring: "mean" });
  const sample = plainSample(study, run, { perCategory: 15, ...spec });
  codeSample(study, run, sample, {
    Anna: (place, predicted) => (place % 5 === 0 ? (predicted + 1) % 3 : predicted),
    Ben: (place, predicted) => (place % 7 === 0 ? (predicted + 2) % 3 : predicted),
  });
  const { context, close } = contextOf(study.directory, { now: () => new Date("2026-05-03T10:00:00Z") });
  onTestFinished(close);
  const app = testedApp({ context, webFolder: study.directory });
  const ask = (path: string, init?: RequestInit) => app.request(`/api/${path}`, init);
  return { study: context.study, run, sample, ask };
}

describe("the routes of evaluations", () => {
  it("evaluate by the rule, run and target that were asked for, and count the opening", async () => {
    const { study, sample, ask } = await serve();
    const response = await ask("samples/1/evaluation?gold=coder&coder=Ben&target=process&run=1");
    expect(response.status).toBe(200);
    const evaluation = (await response.json()) as Evaluation;
    expect(evaluation.gold.rule).toEqual({ kind: "coder", coder: "Ben" });
    expect([evaluation.target, evaluation.run.id, evaluation.gold.known]).toEqual(["process", 1, 45]);
    expect(study.samples.openings(sample.id).map(({ how, runId }) => [how, runId])).toEqual([["screen", 1]]);
  });

  it("compare with another run where one is named, in one look", async () => {
    const { study, sample, ask } = await serve();
    const response = await ask("samples/1/evaluation?gold=coder&coder=Ben&compare=2");
    const { comparison } = (await response.json()) as Evaluation;
    expect(comparison).toMatchObject({
      firstRunId: 1,
      secondRun: { id: 2, scoring: "mean" },
      units: 45,
      isSimpleRandom: false,
    });
    const { bothRight, onlyFirst, onlySecond, bothWrong } = comparison as NonNullable<typeof comparison>;
    expect(bothRight + onlyFirst + onlySecond + bothWrong).toBe(45);
    expect(onlyFirst + onlySecond).toBeGreaterThan(0);
    expect(study.samples.openings(sample.id).map(({ runId }) => runId)).toEqual([1]);
    const without = await ask("samples/1/evaluation?gold=coder&coder=Ben");
    expect(await without.json()).not.toHaveProperty("comparison");
  });

  it("refuse to compare a sealed sample with a run that is not frozen, and count no opening", async () => {
    const { study, run, sample, ask } = await serve({ isSealed: true });
    freezeCodebook(study, run, "2026-05-03T09:00:00.000Z");
    const refused = await ask("samples/1/evaluation?gold=coder&coder=Anna&compare=2");
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      error: 'sample "test" is sealed, and run 2 is not what was frozen (run 1)',
    });
    expect(study.samples.openings(sample.id)).toEqual([]);
  });

  it("count one look, whatever is saved of what was computed, and another one for other figures", async () => {
    const { study, run, sample, ask } = await serve();
    const looks = () => study.samples.openings(sample.id).length;
    const query = "gold=coder&coder=Anna";
    const first = (await (await ask(`samples/1/evaluation?${query}`)).json()) as Evaluation;
    for (const path of ["evaluation", "evaluation/page", "evaluation/tables/figures"])
      expect((await ask(`samples/1/${path}?${query}`)).status).toBe(200);
    const again = (await (await ask(`samples/1/evaluation?${query}`)).json()) as Evaluation;
    expect([looks(), again]).toEqual([1, first]);
    await ask(`samples/1/evaluation?${query}&target=process`);
    expect(looks()).toBe(2);
    await ask(`samples/1/evaluation?${query}`);
    expect(looks()).toBe(2);
    // What is coded since, or frozen, is in it.
    codeSample(study, run, sample, { Cem: () => 0 });
    const coded = (await (await ask(`samples/1/evaluation?${query}`)).json()) as Evaluation;
    expect([looks(), coded.reliability.coders.length]).toEqual([3, 3]);
    freezeCodebook(study, run, "2026-05-03T09:00:00.000Z");
    const frozen = (await (await ask(`samples/1/evaluation?${query}`)).json()) as Evaluation;
    expect([looks(), frozen.sample.freezes.length, frozen.sample.openings]).toEqual([4, 1, 4]);
  });

  it("compute once for two who ask at the same time", async () => {
    const { study, sample, ask } = await serve();
    const path = "samples/1/evaluation?gold=coder&coder=Anna";
    const [one, two] = await Promise.all([ask(path), ask(path)]);
    expect(await one.json()).toEqual(await two.json());
    expect(study.samples.openings(sample.id)).toHaveLength(1);
  });

  it("count nothing where nothing is shown: HEAD, a misspelt column, a request that was withdrawn", async () => {
    const { study, sample, ask } = await serve();
    const path = "samples/1/evaluation?gold=coder&coder=Anna";
    for (const of of [path, path.replace("?", "/page?"), path.replace("?", "/tables/shares?")]) {
      const head = await ask(of, { method: "HEAD" });
      expect([head.status, await head.text()]).toEqual([405, ""]);
    }
    expect((await ask(`${path}&by=partey`)).status).toBe(400);
    const gone = new AbortController();
    const asked = ask(path, { signal: gone.signal });
    gone.abort();
    expect((await asked).status).toBe(410);
    expect(study.samples.openings(sample.id)).toEqual([]);
  });

  it("note looks in UTC", async () => {
    const { study, sample, ask } = await serve();
    await ask("samples/1/evaluation?gold=coder&coder=Anna");
    expect(study.samples.openings(sample.id)).toMatchObject([{ openedAt: "2026-05-03T10:00:00.000Z" }]);
  });

  it("leave out training rounds, and refuse them", async () => {
    const { study, run, ask } = await serve();
    plainSample(study, run, { name: "round", purpose: "training", passMark: 0.8 });
    const { samples } = (await (await ask("evaluation/samples")).json()) as { samples: { name: string }[] };
    expect(samples.map(({ name }) => name)).toEqual(["test"]);
    const refused = await ask("samples/2/evaluation");
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { error: expect.stringContaining('sample "round" is a training round') },
    ]);
  });

  it("answer with the page, which has all that was computed", async () => {
    const { ask } = await serve();
    const response = await ask("samples/1/evaluation/page?gold=coder&coder=Anna");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="clipbook-evaluation.html"',
    );
    const page = await response.text();
    expect(page).toContain('<h2 id="methods-heading">For your paper</h2>');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it.each(evaluationTableNames)("answer with the table %s as CSV", async (name) => {
    const { ask } = await serve();
    const response = await ask(`samples/1/evaluation/tables/${name}?gold=coder&coder=Anna`);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const [head, ...rows] = parse(await response.text()) as string[][];
    const table = evaluationTables(someEvaluation()).find((candidate) => candidate.name === name);
    expect(head).toEqual(table?.columns.map((column) => column.name));
    if (name === "confusion") expect(rows).toHaveLength(9);
  });

  it("refuse a sealed sample before the codebook is frozen, and list how it stands", async () => {
    const { study, ask } = await serve({ isSealed: true });
    const refused = await ask("samples/1/evaluation?gold=coder&coder=Anna");
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      error: expect.stringContaining("is sealed"),
      hint: expect.stringContaining("clipbook freeze"),
    });
    expect(study.samples.openings(1)).toEqual([]);
    const listed = await (await ask("evaluation/samples")).json();
    expect(listed).toMatchObject({
      freeze: null,
      samples: [{ id: 1, name: "test", isSealed: true, openings: 0, size: 45 }],
    });
  });

  it.each([
    ["samples/9/evaluation", 404, "the study has no sample 9"],
    ["samples/1/evaluation?run=7", 404, "the study has no run 7"],
    ["samples/1/evaluation?compare=7", 404, "the study has no run 7"],
    ["samples/1/evaluation?gold=majority&compare=1", 400, "run 1 cannot be compared with itself"],
    ["samples/1/evaluation?compare=x", 400, "cannot be read"],
    ["samples/1/evaluation?gold=coder", 400, "needs the coder"],
    ["samples/1/evaluation?gold=best", 400, "cannot be read"],
    ["samples/1/evaluation?whatever=1", 400, "cannot be read"],
    ["samples/1/evaluation/tables/secrets", 400, "cannot be read"],
  ])("refuse %s", async (path, status, error) => {
    const { ask } = await serve();
    const response = await ask(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: expect.stringContaining(error) });
  });
});
