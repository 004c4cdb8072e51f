import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { cosinesWith } from "../../../src/classify.ts";
import { codebookPhrases } from "../../../src/codebook/codebook.ts";
import { embeddingAt } from "../../../src/embeddings.ts";
import { openPhraseEncoder } from "../../../src/pipeline/phraseEncoder.ts";
import { openRunVectors } from "../../../src/pipeline/runVectors.ts";
import { openUnitLister } from "../../../src/pipeline/units/listUnits.ts";
import type { UnitQuery } from "../../../src/pipeline/units/unitQuery.ts";
import { sampleIndices, seededRandom } from "../../../src/seededRandom.ts";
import type { RunRow } from "../../../src/store/runStore.ts";
import { randomRun } from "../randomRun.ts";

/** 300 units that show 70 images, so that many are equal in everything but their place; the last 20 have failed. */
async function listedRun(changes: Partial<Parameters<typeof randomRun>[0]> = {}) {
  const { folder, study, run } = await randomRun({
    units: 300,
    pictures: 70,
    categories: 4,
    failed: 20,
    ...changes,
  });
  const phraseEncoder = openPhraseEncoder(study);
  onTestFinished(() => phraseEncoder.close());
  const lister = openUnitLister(study, { phraseEncoder, runVectors: openRunVectors(study) });
  const rows = [...study.runs.rows(run.id)];
  /** The whole listing, page by page. */
  const positions = async (query: UnitQuery = {}): Promise<number[]> => {
    const all: number[] = [];
    for (;;) {
      const { items, total } = await lister.list(run, { ...query, from: all.length, limit: 64 });
      all.push(...items.map(({ position }) => position));
      if (all.length >= total || items.length === 0) return all;
    }
  };
  /** Says something of a unit as another program does that has the study open. */
  const say = (position: number, verdict: string, reviewer = "ada") => {
    const database = new DatabaseSync(`${folder}/study/clipbook.db`);
    database
      .prepare(
        `INSERT INTO verdict (run_id, position, reviewer, verdict, note, queue, judged_at) VALUES (?, ?, ?, ?, '', '{}', '')`,
      )
      .run(run.id, position, reviewer, verdict);
    database.close();
  };
  return { study, run, lister, rows, positions, say };
}

const classified = (rows: readonly RunRow[]) => rows.filter(({ prediction }) => prediction !== undefined);
const places = (rows: readonly RunRow[]) => rows.map(({ position }) => position);
const marginOf = ({ prediction }: RunRow) =>
  prediction?.runnerUp === undefined ? 2 : prediction.probability - prediction.runnerUp.probability;

describe("a listing of a run's units", () => {
  it("has the most probable first unless told otherwise, and equal ones in the run's order", async () => {
    const { rows, positions } = await listedRun();
    const expected = classified(rows).toSorted(
      (a, b) =>
        (b.prediction?.probability ?? 0) - (a.prediction?.probability ?? 0) || a.position - b.position,
    );
    expect(await positions()).toEqual(places(expected));
    expect(new Set(expected.map(({ prediction }) => prediction?.probability)).size).toBeLessThan(80);
  });

  it("sorts by the smallest margin, by the bytes of names, and by position", async () => {
    const { rows, positions } = await listedRun();
    const byMargin = classified(rows).toSorted(
      (a, b) => marginOf(a) - marginOf(b) || a.position - b.position,
    );
    expect(await positions({ sort: "margin" })).toEqual(places(byMargin));
    const byName = classified(rows).toSorted((a, b) =>
      Buffer.compare(Buffer.from(a.unit.name), Buffer.from(b.unit.name)),
    );
    expect(await positions({ sort: "name" })).toEqual(places(byName));
    expect(await positions({ sort: "position" })).toEqual(places(classified(rows)));
  });

  it("puts units without a margin, as all are in a codebook of one category, in the run's order", async () => {
    const { rows, positions } = await listedRun({ categories: 1 });
    expect(await positions({ sort: "margin" })).toEqual(places(classified(rows)));
  });

  it("is shuffled by a seed: the same each time, another for another seed, nothing lost, and filters leave the order", async () => {
    const { rows, positions } = await listedRun();
    const first = await positions({ sort: "random", seed: 7 });
    expect(await positions({ sort: "random", seed: 7 })).toEqual(first);
    expect(await positions({ sort: "random", seed: 8 })).not.toEqual(first);
    const drawn = sampleIndices(300, 300, seededRandom(7)).map((i) => rows[i] as RunRow);
    expect(first).toEqual(places(classified(drawn)));
    const inCategory = rows.filter(({ prediction }) => prediction?.category === 2);
    expect(await positions({ sort: "random", seed: 7, category: 2 })).toEqual(
      first.filter((position) => places(inCategory).includes(position)),
    );
  });

  it("is filtered by category, phrase, probability with both ends, and state", async () => {
    const { rows, positions } = await listedRun();
    const where = (test: (row: RunRow) => boolean) => places(rows.filter(test));
    const listed = (query: UnitQuery) => positions({ ...query, sort: "position" });
    expect(await listed({ category: 1 })).toEqual(where(({ prediction }) => prediction?.category === 1));
    expect(await listed({ phrase: 5 })).toEqual(where(({ prediction }) => prediction?.phrase === 5));
    const end = classified(rows)[10]?.prediction?.probability as number;
    expect(await listed({ least: end })).toEqual(
      where(({ prediction }) => prediction !== undefined && prediction.probability >= end),
    );
    expect(await listed({ most: end })).toEqual(
      where(({ prediction }) => prediction !== undefined && prediction.probability <= end),
    );
    expect(await listed({ least: end, most: end })).toContain(classified(rows)[10]?.position);
    expect(await listed({ state: "failed" })).toEqual(where(({ failure }) => failure !== undefined));
    expect(await listed({ state: "all" })).toEqual(places(rows));
    expect(await listed({ state: "all", most: 1 })).toEqual(places(classified(rows)));
    expect(await listed({ state: "failed", category: 1 })).toEqual([]);
  });

  it("puts failed units behind the others", async () => {
    const { rows, positions } = await listedRun();
    const failed = places(rows.filter(({ failure }) => failure !== undefined));
    for (const sort of ["probability", "margin"] as const)
      expect((await positions({ state: "all", sort })).slice(-20)).toEqual(failed);
  });

  it("ranks all units with an image by their cosine with a sentence", async () => {
    const { study, run, rows, lister, positions } = await listedRun();
    const sentence = "phrase 2 b";
    const reference = study.embeddings.maybeOfText(run.encoderId, sentence) as Float32Array;
    const cosine = ({ imageId }: RunRow) =>
      cosinesWith(
        reference,
        study.embeddings.vectorsOf(run.encoderId, run.view, [imageId as number]),
      )[0] as number;
    const ranked = await positions({ find: sentence, sort: "name" });
    expect(ranked).toHaveLength(280);
    const cosines = ranked.map((position) => cosine(rows[position] as RunRow));
    cosines.slice(1).forEach((value, i) => {
      expect(value).toBeLessThan((cosines[i] as number) + 1e-6);
    });
    const { items } = await lister.list(run, { find: sentence, category: 1, limit: 5 });
    for (const { position, category, cosine: told } of items) {
      expect(category).toBe("Category 1");
      expect(told).toBeCloseTo(cosine(rows[position] as RunRow), 6);
    }
    expect(await positions({ find: sentence, state: "failed" })).toEqual([]);
  });

  it("ranks a sentence as the mean of the codebook's templates", async () => {
    const { study, run } = await listedRun();
    const templated = { ...run, codebook: { ...run.codebook, templates: ["{}", "{} again"] } };
    const [first, second] = [0, 1].map((i) => study.embeddings.maybeOfText(run.encoderId, `phrase ${i} a`));
    study.transaction(() =>
      study.embeddings.saveTexts(run.encoderId, [
        ["x", first as Float32Array],
        ["x again", second as Float32Array],
      ]),
    );
    const lister = openUnitLister(study, {
      phraseEncoder: openPhraseEncoder(study),
      runVectors: openRunVectors(study),
    });
    const { items } = await lister.list(templated, { find: "x", limit: 1 });
    const mean = Float64Array.from(
      first as Float32Array,
      (value, i) => value + ((second as Float32Array)[i] as number),
    );
    const length = Math.hypot(...mean);
    const image = embeddingAt(
      study.embeddings.vectorsOf(run.encoderId, run.view, [items[0]?.imageId as number]),
      0,
    );
    const expected = mean.reduce((sum, value, i) => sum + (value / length) * (image[i] as number), 0);
    expect(items[0]?.cosine).toBeCloseTo(expected, 5);
  });

  it("ranks by likeness to a unit's image, the units that show the same image first", async () => {
    const { lister, run } = await listedRun();
    const { items } = await lister.list(run, { like: 75, limit: 5 });
    expect(items.slice(0, 4).map(({ position }) => position)).toEqual([5, 75, 145, 215]);
    expect(items[0]?.cosine).toBeCloseTo(1, 5);
    expect(items[4]?.cosine).toBeLessThan(0.999);
    await expect(lister.list(run, { like: 299 })).rejects.toThrow("no image that others could be like");
    await expect(lister.list(run, { like: 300 })).rejects.toThrow("has no unit 300");
  });

  it("finds part of a name in any case, also where the file system has another form of the same letters", async () => {
    const { study, run, lister, positions } = await listedRun();
    expect(await positions({ name: "PICTURES/0007", sort: "position" })).toEqual([7, 77, 147, 217]);
    const { runs } = study;
    const runId = runs.start(run);
    const names = ["a/GRÜN.jpg", "b/gru\u0308n.jpg", "c/ΟΔΌΣ.png", "d/100%_.jpg", "e/100xy.jpg"];
    runs.addUnits(
      runId,
      0,
      names.map((name) => [{ name, path: `/${name}`, rowNumber: 0 }, { imageId: 1 }] as const),
    );
    names.forEach((_, i) => {
      runs.savePrediction(runId, i, { category: 0, phrase: 0, probability: 0.5, runnerUp: undefined });
    });
    runs.complete(runId, "2025-03-01T10:05:00.000Z", 0);
    const named = async (name: string) =>
      (await lister.list({ ...run, id: runId }, { name })).items.map((item) => item.position);
    expect(await named("grün")).toEqual([0, 1]);
    expect(await named("οδός")).toEqual([2]);
    expect(await named("100%_")).toEqual([3]);
  });

  it("knows what reviewers said, at once, and forgets what they took back", async () => {
    const { positions, lister, run, say } = await listedRun();
    const wrong = () => positions({ verdict: "wrong", sort: "position" });
    expect(await wrong()).toEqual([]);
    say(3, "wrong");
    say(9, "right");
    say(9, "wrong", "grace");
    say(11, "skipped");
    expect(await wrong()).toEqual([3, 9]);
    expect(await positions({ verdict: "any", sort: "position" })).toEqual([3, 9]);
    expect(await positions({ verdict: "right", reviewer: "grace" })).toEqual([]);
    expect(await positions({ verdict: "wrong", reviewer: "grace" })).toEqual([9]);
    expect(await positions({ verdict: "none" })).toHaveLength(278);
    expect(await positions({ verdict: "none", reviewer: "ada" })).toHaveLength(278);
    const verdictOf = async (position: number) =>
      (await lister.list(run, { sort: "position", from: position, limit: 1 })).items[0]?.verdict;
    expect(await verdictOf(9)).toBe("wrong");
    say(3, "withdrawn");
    say(9, "unsure", "grace");
    expect(await wrong()).toEqual([]);
    expect(await verdictOf(3)).toBeUndefined();
    expect(await verdictOf(9)).toBe("unsure");
    say(3, "right");
    expect(await positions({ verdict: "right", sort: "position" })).toEqual([3, 9]);
  });

  it("tells each unit's answer by names, its size, and its failure", async () => {
    const { lister, run, rows } = await listedRun();
    const { items } = await lister.list(run, { sort: "position", state: "all", limit: 300 });
    const phrases = codebookPhrases(run.codebook);
    items.forEach((item, i) => {
      const row = rows[i] as RunRow;
      const { prediction } = row;
      expect(item).toMatchObject({
        position: i,
        name: row.unit.name,
        imageId: row.imageId,
        category: prediction && run.codebook.categories[prediction.category]?.name,
        phrase: prediction && phrases[prediction.phrase]?.text,
        probability: prediction?.probability,
        runnerUp: prediction?.runnerUp && {
          category: run.codebook.categories[prediction.runnerUp.category]?.name,
          phrase: phrases[prediction.runnerUp.phrase]?.text,
          probability: prediction.runnerUp.probability,
        },
        widthPx: row.imageId && 8,
        heightPx: row.imageId && 8,
        failure: row.failure,
      });
    });
  });

  it("tells the place of a unit in it", async () => {
    const { lister, positions, run } = await listedRun();
    const all = await positions({ category: 1 });
    const { place, items } = await lister.list(run, { category: 1, near: all[30], limit: 1 });
    expect(place).toBe(30);
    expect(items).toHaveLength(1);
    expect((await lister.list(run, { category: 0, near: all[30] })).place).toBeUndefined();
  });

  it("names a category or phrase that the run does not have", async () => {
    const { lister, run } = await listedRun();
    await expect(lister.list(run, { category: 4 })).rejects.toThrow("run 1 has no category 4");
    await expect(lister.list(run, { phrase: 8 })).rejects.toThrow("run 1 has no phrase 8");
  });
});
