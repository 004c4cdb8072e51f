import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { UnitPage } from "../../src/pipeline/units/listUnits.ts";
import type { UnitInFull } from "../../src/pipeline/units/showUnit.ts";
import { referenceFolder } from "../images/reference.ts";
import { randomRun } from "../pipeline/randomRun.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { classifyInto } from "../web/classifyInto.ts";
import { contextOf } from "./serveStudy.ts";
import { testedApp } from "./testedApp.ts";

/** Asks the app of a study; the status and the JSON. */
function appOf(folder: string, options: Parameters<typeof contextOf>[1] = {}) {
  const { context, close } = contextOf(folder, options);
  onTestFinished(close);
  const app = testedApp({ context, hosts: ["localhost"], webFolder: folder });
  const ask = async <Body = { error: string; hint?: string }>(path: string) => {
    const response = await app.request(`/api${path}`, { headers: { host: "localhost" } });
    return { status: response.status, body: (await response.json()) as Body };
  };
  return { context, ask };
}

const image = (name: string) => join(referenceFolder, "images", name);

describe("GET /api/runs/:run/units", () => {
  it("answers with the whole listing's length and a page of it", async () => {
    const { folder } = await randomRun({ units: 250, pictures: 30, categories: 3, failed: 10 });
    const { ask } = appOf(join(folder, "study"));
    const { status, body } = await ask<UnitPage>("/runs/1/units?sort=position&from=200");
    expect(status).toBe(200);
    expect(body.total).toBe(240);
    expect(body.items.map(({ position }) => position)).toEqual(Array.from({ length: 40 }, (_, i) => 200 + i));
    const all = await ask<UnitPage>("/runs/1/units?sort=position&state=all&limit=500");
    expect(all.body.items).toHaveLength(250);
    expect(all.body.items.at(-1)).toMatchObject({
      position: 249,
      failure: { code: "corrupt", sentence: "the PNG file is damaged" },
    });
    expect(all.body.items.at(-1)).not.toHaveProperty("imageId");
  });

  it("says what of a question it cannot answer", async () => {
    const { folder } = await randomRun({ units: 5, pictures: 5, categories: 2 });
    const { ask } = appOf(join(folder, "study"));
    const wrong = [
      "limit=501",
      "limit=0",
      "from=-1",
      "category=x",
      "category=2",
      "phrase=4",
      "sort=size",
      "verdict=maybe",
      "least=high",
      "colour=red",
      "like=5",
      "category=0&category=1",
    ];
    for (const query of wrong) {
      const { status, body } = await ask(`/runs/1/units?${query}`);
      expect([query, status]).toEqual([query, 400]);
      expect(body.error).not.toBe("");
    }
    expect((await ask("/runs/2/units")).status).toBe(404);
    expect((await ask<UnitPage>("/runs/1/units?name=&find=%20&reviewer=")).body.total).toBe(5);
  });

  it("ranks all images by a sentence that no codebook has, and says when it is too long", async () => {
    const folder = temporaryFolder();
    await classifyInto(folder, [image("gray.jpg"), image("photo.webp"), image("palette.png")]);
    const { ask, context } = appOf(folder);
    const { body } = await ask<UnitPage>(
      `/runs/1/units?find=${encodeURIComponent("A red circle, <b>drawn</b> “by hand”")}`,
    );
    expect(body.total).toBe(3);
    const cosines = body.items.map(({ cosine }) => cosine as number);
    expect(cosines.toSorted((a, b) => b - a)).toEqual(cosines);
    expect(new Set(cosines).size).toBe(3);
    const long = await ask(`/runs/1/units?find=${"word ".repeat(200)}`);
    expect(long).toMatchObject({ status: 400, body: { hint: "shorten it" } });
    expect(long.body.error).toMatch(/^the sentence has \d+ tokens, the model reads \d+$/);
    const run = context.study.runs.maybeNewest();
    expect(context.study.embeddings.maybeOfText(run?.encoderId ?? 0, "A red circle")).toBeUndefined();
  });

  it("says what to do when the sentence needs a model that is not there", async () => {
    const { folder } = await randomRun({ units: 5, pictures: 5, categories: 2 });
    const { ask } = appOf(join(folder, "study"), { model: join(folder, "no-model") });
    const { status, body } = await ask("/runs/1/units?find=a+sentence");
    expect(status).toBe(400);
    expect(body.error).toMatch(/^the model of this run cannot be opened: /);
    expect(body.hint).toMatch(/--model/);
  });
});

describe("GET /api/runs/:run/units/:position", () => {
  it("tells all phrases' probabilities as the run had them, and everything of the file", async () => {
    const folder = temporaryFolder();
    await classifyInto(folder, [image("photo.webp"), image("exif-orientation-6.jpg")]);
    const { ask, context } = appOf(folder);
    const position = 1;
    const { body } = await ask<UnitInFull>(`/runs/1/units/${position}`);
    const row = context.study.runs.row(1, position);
    expect(body).toMatchObject({
      position,
      path: row.unit.path,
      name: row.unit.name,
      rowNumber: 0,
      format: "WebP",
      sizeBytes: readFileSync(row.unit.path).length,
    });
    expect(body.scores).toHaveLength(26);
    const best = body.scores.reduce((most, score) => (score.probability > most.probability ? score : most));
    expect(best).toMatchObject({ category: body.category, phrase: body.phrase });
    // The run's own loop adds up in another order.
    expect(best.probability).toBeCloseTo(row.prediction?.probability as number, 14);
    expect(body.scores.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    const second = body.scores.find(({ phrase }) => phrase === body.runnerUp?.phrase);
    expect(second?.probability).toBeCloseTo(row.prediction?.runnerUp?.probability as number, 14);
    expect(body).not.toHaveProperty("columns");
    expect(body).not.toHaveProperty("categoryProbabilities");
  });

  it("tells the categories' probabilities where those were compared", async () => {
    const { folder, run } = await randomRun({
      units: 5,
      pictures: 5,
      categories: 3,
      changes: { scoring: "sum" },
    });
    const { ask } = appOf(join(folder, "study"));
    const { body } = await ask<UnitInFull>("/runs/1/units/2");
    const sums = run.codebook.categories.map(({ name }) =>
      body.scores.filter(({ category }) => category === name).reduce((sum, s) => sum + s.probability, 0),
    );
    expect(body.categoryProbabilities).toHaveLength(3);
    sums.forEach((sum, i) => {
      expect(body.categoryProbabilities?.[i]).toBeCloseTo(sum, 12);
    });
    expect(body.probability).toBe(Math.max(...(body.categoryProbabilities as number[])));
  });

  it("tells why a unit failed, and knows no unit behind the last", async () => {
    const { folder } = await randomRun({ units: 5, pictures: 5, categories: 2, failed: 1 });
    const { ask } = appOf(join(folder, "study"));
    const { body } = await ask<UnitInFull>("/runs/1/units/4");
    expect(body).toMatchObject({ failure: { code: "corrupt" }, scores: [] });
    expect((await ask("/runs/1/units/5")).status).toBe(404);
    expect((await ask("/runs/1/units/-1")).status).toBe(400);
  });

  describe("of a table", () => {
    let pictures: string;
    beforeAll(() => {
      pictures = join(referenceFolder, "images");
    });

    async function tableStudy(text: string) {
      const folder = temporaryFolder();
      mkdirSync(join(folder, "data"));
      const table = join(folder, "data", "posts.csv");
      writeFileSync(table, text);
      await classifyInto(folder, [table]);
      return { table, ...appOf(folder) };
    }

    const rows = () =>
      `id;image;caption\n007;${pictures}/gray.jpg;"said ""<b>hi</b>"""\n008;;none\n009;${pictures}/palette.png;مرحبا\n`;

    it("has the user's own row, cell by cell as text", async () => {
      const { ask } = await tableStudy(rows());
      const { body } = await ask<UnitInFull>("/runs/1/units/0");
      expect(body.columns).toEqual([
        { name: "id", text: "007" },
        { name: "image", text: `${pictures}/gray.jpg` },
        { name: "caption", text: 'said "<b>hi</b>"' },
      ]);
      expect(body.rowNumber).toBe(1);
      const failed = await ask<UnitInFull>("/runs/1/units/1");
      expect(failed.body).toMatchObject({ name: "row 2", failure: { code: "missing_file" } });
      expect(failed.body.columns?.[0]).toEqual({ name: "id", text: "008" });
      expect((await ask<UnitInFull>("/runs/1/units/2")).body.columns?.[2]?.text).toBe("مرحبا");
    });

    it("is not believed when the table has another length, another order, is broken or has gone", async () => {
      const { ask, table } = await tableStudy(rows());
      const missing = async (position: number) => {
        const { status, body } = await ask<UnitInFull>(`/runs/1/units/${position}`);
        expect([status, body.columns]).toEqual([200, undefined]);
        return body.columnsMissing;
      };
      const [header, first, second, third] = rows().split("\n");
      writeFileSync(table, `${[header, first, second].join("\n")}\n`);
      expect(await missing(0)).toMatch(/posts\.csv has changed: it has 2 rows, and had 3$/);
      writeFileSync(table, `${[header, third, second, first].join("\n")}\n`);
      expect(await missing(0)).toMatch(/has changed: its row 1 names another image$/);
      writeFileSync(table, `${[header, `${first};more`, second, third].join("\n")}\n`);
      expect(await missing(0)).toMatch(/posts\.csv:2: 4 cells, but the header has 3 columns$/);
      rmSync(table);
      expect(await missing(0)).toMatch(/posts\.csv is not where it was$/);
      writeFileSync(table, rows());
      expect((await ask<UnitInFull>("/runs/1/units/0")).body.columns).toHaveLength(3);
    });
  });
});
