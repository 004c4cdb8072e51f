import { parse } from "csv-parse/sync";
import { describe, expect, it, onTestFinished } from "vitest";
import { evaluationTableNames } from "../../src/figures/evaluation/evaluationTableNames.ts";
import { evaluationTables } from "../../src/pipeline/evaluation/evaluationTables.ts";
import { createApp } from "../../src/server/createApp.ts";
import type { Evaluation } from "../../src/validation/evaluation.ts";
import { codeSample } from "../pipeline/evaluation/codedRun.ts";
import { randomRun } from "../pipeline/randomRun.ts";
import { type PlainSampleSpec, plainSample } from "../pipeline/samples/plainSample.ts";
import { someEvaluation } from "../validation/someEvaluation.ts";
import { contextOf } from "./serveStudy.ts";

/** The app on a study with a sample that two coders have coded; its pictures were never there. */
async function serve(spec: PlainSampleSpec = {}) {
  const { study, run } = await randomRun({ units: 120, pictures: 120, categories: 3 });
  const sample = plainSample(study, run, { perCategory: 15, ...spec });
  codeSample(study, run, sample, {
    Anna: (place, predicted) => (place % 5 === 0 ? (predicted + 1) % 3 : predicted),
    Ben: (place, predicted) => (place % 7 === 0 ? (predicted + 2) % 3 : predicted),
  });
  const { context, close } = contextOf(study.directory, { now: () => new Date("2026-05-03T10:00:00Z") });
  onTestFinished(close);
  const app = createApp({
    context,
    access: { hosts: undefined, token: undefined },
    webFolder: study.directory,
  });
  const ask = (path: string, init: RequestInit = {}) => app.request(`/api/${path}`, init);
  return { study: context.study, sample, ask };
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

  it("count no opening for a request of the head alone, or of somebody who is gone", async () => {
    const { study, sample, ask } = await serve();
    for (const path of ["evaluation", "evaluation/page", "evaluation/tables/images"]) {
      const { status, headers } = await ask(`samples/1/${path}`, { method: "HEAD" });
      expect([path, status, headers.get("allow")]).toEqual([path, 405, "GET"]);
    }
    await ask("samples/1/evaluation", { signal: AbortSignal.abort() });
    expect(study.samples.openings(sample.id)).toEqual([]);
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

  it("name every table that there is", () => {
    expect(evaluationTables(someEvaluation()).map(({ name }) => name)).toEqual(evaluationTableNames);
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
