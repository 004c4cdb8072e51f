import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import sharp from "sharp";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import { makeOverview } from "../../src/pipeline/makeOverview.ts";
import { recordVerdict } from "../../src/pipeline/reviews/recordVerdict.ts";
import { drawReviewQueue } from "../../src/pipeline/reviews/reviewQueue.ts";
import { summariseReview } from "../../src/pipeline/reviews/summariseReview.ts";
import type { Overview, OverviewImage } from "../../src/report/overview.ts";
import { renderOverview } from "../../src/report/renderOverview.tsx";
import { readReferenceImage } from "../images/reference.ts";
import { zipFile } from "../images/zipFile.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { loadTinyModel } from "../tinyModels.ts";
import { classifyNames, writeFiles } from "./classifyInTest.ts";
import { randomRun } from "./randomRun.ts";

const writtenAt = "2025-03-01T11:00:00+01:00";

/** The picture that a card shows, by its file's name. */
const pictureOf = ({ name }: OverviewImage) => name.split("#")[0] as string;
const samplesOf = (overview: Overview) => overview.categories.flatMap(({ samples }) => samples);

describe("the sample", () => {
  it("is the same for the same seed, and another for another", async () => {
    const { study, run } = await randomRun({ units: 300, pictures: 100, categories: 3 });
    const first = await makeOverview(study, run, { writtenAt, seed: 7, perCategory: 5 });
    expect(await makeOverview(study, run, { writtenAt, seed: 7, perCategory: 5 })).toEqual(first);
    const other = await makeOverview(study, run, { writtenAt, seed: 8, perCategory: 5 });
    expect(samplesOf(other).map(pictureOf)).not.toEqual(samplesOf(first).map(pictureOf));
    expect(other.lookHereFirst).toEqual(first.lookHereFirst);
    expect(other.sampling).toEqual({ perCategory: 5, seed: 8, sort: "probability" });
  });

  it("shows no image twice, though three units show each", async () => {
    const { study, run } = await randomRun({ units: 90, pictures: 30, categories: 2 });
    const overview = await makeOverview(study, run, { writtenAt, perCategory: 400 });
    for (const { samples, count } of overview.categories) {
      expect(new Set(samples.map(pictureOf)).size).toBe(samples.length);
      expect(samples.length * 3).toBe(count);
    }
    expect(samplesOf(overview)).toHaveLength(30);
    expect(overview.counts).toMatchObject({ units: 90, classified: 90, images: 30 });
  });

  it("has all images where a category has fewer than asked for, and as many as asked for otherwise", async () => {
    const { study, run } = await randomRun({ units: 40, pictures: 40, categories: 3 });
    const { categories } = await makeOverview(study, run, { writtenAt, perCategory: 12 });
    expect(categories.map(({ samples }) => samples.length)).toEqual(
      categories.map(({ count }) => Math.min(count, 12)),
    );
    expect(new Set(categories.map(({ count }) => count >= 12))).toEqual(new Set([true, false]));
    for (const { name, samples } of categories) {
      expect(new Set(samples.map(({ category }) => category)).size).toBeLessThanOrEqual(1);
      for (const card of samples) expect(card.category).toBe(name);
    }
  });

  it("gives every image of a category the same chance", async () => {
    const { folder, study, run } = await randomRun({ units: 30, pictures: 30, categories: 1 });
    // Without the files there are no thumbnails to be made, and many seeds can be tried.
    rmSync(join(folder, "pictures"), { recursive: true });
    const drawn = new Map<string, number>();
    for (let seed = 0; seed < 600; seed++) {
      const { categories } = await makeOverview(study, run, { writtenAt, seed, perCategory: 10 });
      for (const card of categories[0]?.samples ?? []) {
        drawn.set(pictureOf(card), (drawn.get(pictureOf(card)) ?? 0) + 1);
      }
    }
    // 600 draws of 10 in 30: each 200 times, standard deviation sqrt(600 * 1/3 * 2/3) = 11.5; four of them allowed.
    expect(drawn.size).toBe(30);
    for (const count of drawn.values()) expect(Math.abs(count - 200)).toBeLessThan(46);
  });

  it("takes the largest seeds", async () => {
    const { study, run } = await randomRun({ units: 20, pictures: 20, categories: 4 });
    const seed = Number.MAX_SAFE_INTEGER;
    const overview = await makeOverview(study, run, { writtenAt, seed });
    expect(samplesOf(overview)).toHaveLength(20);
  });
});

describe("the order of the cards", () => {
  it("is the user's choice", async () => {
    const { study, run } = await randomRun({ units: 60, pictures: 60, categories: 2 });
    const sorted = async (sort: Overview["sampling"]["sort"]) =>
      (await makeOverview(study, run, { writtenAt, sort, perCategory: 9 })).categories.map(
        ({ samples }) => samples,
      );
    const [byProbability, byMargin, byName, random] = [
      await sorted("probability"),
      await sorted("margin"),
      await sorted("name"),
      await sorted("random"),
    ];
    byProbability.forEach((samples, c) => {
      const probabilities = samples.map(({ probability }) => probability);
      expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
      const margins = byMargin[c]?.map(({ margin }) => margin as number);
      expect(margins).toEqual(margins?.toSorted((a, b) => a - b));
      const names = byName[c]?.map(({ name }) => name);
      expect(names).toEqual(names?.toSorted());
      for (const other of [byName, byMargin, byProbability]) expect(random[c]).not.toEqual(other[c]);
      // The same images, whatever the order.
      const sets = [samples, byMargin[c], byName[c], random[c]].map(
        (cards) => new Set(cards?.map(({ name }) => name)),
      );
      for (const set of sets) expect(set).toEqual(sets[0]);
    });
  });

  it("in look here first is that of the margins of the whole study", async () => {
    const { study, run } = await randomRun({ units: 180, pictures: 60, categories: 3 });
    const { lookHereFirst } = await makeOverview(study, run, { writtenAt });
    const everyone = await makeOverview(study, run, { writtenAt, perCategory: 300 });
    const closest = samplesOf(everyone).toSorted((a, b) => (a.margin as number) - (b.margin as number));
    expect(lookHereFirst.map(pictureOf)).toEqual(closest.slice(0, 24).map(pictureOf));
    for (const { probability, runnerUp, margin, category } of lookHereFirst) {
      expect(margin).toBeCloseTo(probability - (runnerUp?.probability as number), 12);
      expect(runnerUp?.category).not.toBe(category);
    }
  });
});

describe("verdicts", () => {
  it("are on the cards that they are about, and in a part of their own", async () => {
    const { study, run } = await randomRun({ units: 60, pictures: 60, categories: 2 });
    expect((await makeOverview(study, run, { writtenAt })).review).toBeUndefined();
    const queue = { kind: "random", n: 12, seed: 1 } as const;
    const verdicts = ["right", "wrong", "unsure", "skipped"] as const;
    drawReviewQueue(study, run, queue).forEach((position, at) => {
      recordVerdict(study, run, {
        position,
        verdict: verdicts[at % 4] as "right",
        reviewer: "Anna",
        correctCategory: undefined,
        note: "",
        judgedAt: writtenAt,
        queue,
        seen: 0,
      });
    });
    const { categories, review } = await makeOverview(study, run, { writtenAt });
    const said = categories.flatMap(({ samples }) => samples.map(({ verdict }) => verdict?.judgement));
    const count = (what: string | undefined) => said.filter((one) => one === what).length;
    expect(["right", "wrong", "unsure", undefined].map(count)).toEqual([6, 6, 6, 6]);
    expect(review).toMatchObject({ reviewers: 1, notDrawn: { right: 0, wrong: 0, unsure: 0 } });
    expect(review?.summary).toEqual(summariseReview(study, run));
    expect(renderOverview(await makeOverview(study, run, { writtenAt }))).toContain("About ");
  });

  it("on the most uncertain ones are counted apart", async () => {
    const { study, run } = await randomRun({ units: 60, pictures: 60, categories: 2 });
    const queue = { kind: "uncertain", n: 5, seed: 1 } as const;
    for (const position of drawReviewQueue(study, run, queue)) {
      const spoken = { reviewer: "Anna", correctCategory: undefined, note: "", judgedAt: writtenAt };
      recordVerdict(study, run, { position, verdict: "wrong", ...spoken, queue, seen: 0 });
    }
    const { review, lookHereFirst } = await makeOverview(study, run, { writtenAt });
    expect(review).toMatchObject({ summary: { wrong: 0 }, notDrawn: { right: 0, wrong: 5, unsure: 0 } });
    expect(lookHereFirst.map(({ verdict }) => verdict?.judgement).slice(0, 6)).toEqual([
      ...Array.from({ length: 5 }, () => "wrong"),
      undefined,
    ]);
  });
});

describe("a picture that has changed since", () => {
  it("keeps its card without a thumbnail", async () => {
    const { folder, study, run } = await randomRun({ units: 6, pictures: 6, categories: 1 });
    const picture = (i: number) => join(folder, "pictures", `000${i}.png`);
    rmSync(picture(0));
    writeFileSync(picture(1), readReferenceImage("gray.png"));
    writeFileSync(picture(2), "");
    rmSync(picture(3));
    writeFiles(picture(3), { "a.png": "a folder in its place" });
    const overview = await makeOverview(study, run, { writtenAt, sort: "name" });
    const samples = overview.categories[0]?.samples ?? [];
    expect(samples.map(({ thumbnail }) => thumbnail !== undefined)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
    // The better of two phrases of the only category.
    for (const { probability } of samples) expect(probability).toBeGreaterThan(0.5);
    expect(renderOverview(overview)).toContain("no picture");
  });

  it("is shown whole, upright and without its metadata", async () => {
    const encoder = await loadTinyModel("clip");
    onTestFinished(() => encoder.close());
    const folder = temporaryFolder();
    const stored = await sharp(readReferenceImage("photo-landscape.jpg"))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    writeFiles(folder, { "turned.jpg": stored });
    const { study, run } = await classifyNames([folder], encoder);
    const [card] = samplesOf(await makeOverview(study, run, { writtenAt }));
    expect(card?.thumbnail).toMatchObject({ mimeType: "image/jpeg", widthPx: 192, heightPx: 256 });
    const metadata = await sharp(Buffer.from(card?.thumbnail?.base64 as string, "base64")).metadata();
    expect([metadata.width, metadata.height, metadata.exif, metadata.icc]).toEqual([
      192,
      256,
      undefined,
      undefined,
    ]);
  });
});

describe("pictures within archives", () => {
  it("are shown, and no longer when the archive is gone or has others", async () => {
    const encoder = await loadTinyModel("clip");
    onTestFinished(() => encoder.close());
    const folder = temporaryFolder();
    const entries = ["gray.jpg", "palette.png"].map((name) => ({ name, bytes: readReferenceImage(name) }));
    const [first, second] = entries as [(typeof entries)[0], (typeof entries)[0]];
    const path = join(folder, "a.zip");
    writeFiles(folder, { "a.zip": zipFile(entries) });
    const { study, run } = await classifyNames([path], encoder);
    const shown = async () =>
      new Map(
        samplesOf(await makeOverview(study, run, { writtenAt })).map(({ name, thumbnail }) => [
          name,
          thumbnail !== undefined,
        ]),
      );
    const [a, b] = entries.map(({ name }) => `${basename(path)}!/${name}`) as [string, string];
    expect(await shown()).toEqual(
      new Map(
        [
          [a, true],
          [b, true],
        ].toSorted() as [string, boolean][],
      ),
    );
    writeFiles(folder, { "a.zip": zipFile([first, { ...second, bytes: first.bytes }]) });
    expect((await shown()).get(a)).toBe(true);
    expect((await shown()).get(b)).toBe(false);
    renameSync(path, `${path}.old`);
    expect([...(await shown()).values()]).toEqual([false, false]);
    writeFiles(folder, { "a.zip": "no archive" });
    expect([...(await shown()).values()]).toEqual([false, false]);
  });
});

describe("failures", () => {
  it("are counted, and the first 500 listed", async () => {
    const { study, run } = await randomRun({ units: 700, pictures: 10, categories: 2, failed: 600 });
    const overview = await makeOverview(study, run, { writtenAt });
    expect(overview.counts).toMatchObject({ units: 700, classified: 100, failed: 600, ignoredFiles: 3 });
    expect(overview.failuresByCode).toEqual([{ code: "corrupt", count: 600 }]);
    expect(overview.failures).toHaveLength(500);
    expect(overview.failures[0]).toMatchObject({ code: "corrupt", sentence: "the PNG file is damaged" });
    expect(overview.failures[0]?.name).toMatch(/#100$/);
  });

  it("alone make a page without a share", async () => {
    const { study, run } = await randomRun({ units: 5, pictures: 5, categories: 2, failed: 5 });
    const overview = await makeOverview(study, run, { writtenAt });
    expect(overview.categories.map(({ share, samples }) => [share, samples])).toEqual([
      [undefined, []],
      [undefined, []],
    ]);
    expect(overview.lookHereFirst).toEqual([]);
    expect(renderOverview(overview)).toContain("5 of 5 could not be classified");
  });
});

describe("the record on the page", () => {
  it("has the settings in words, a long list shortened, and the command that makes the page again", async () => {
    const inputs = Array.from({ length: 30 }, (_, i) => `folder ${i}`);
    const settings = { inputs, maxMegapixels: 100 };
    const { study, run } = await randomRun({ units: 5, pictures: 5, categories: 1, changes: { settings } });
    const overview = await makeOverview(study, run, { writtenAt, perCategory: 3, seed: 5, sort: "name" });
    const values = new Map(overview.settings.map(({ label, value }) => [label, value]));
    expect(values.get("inputs")).toBe(`${inputs.slice(0, 20).join(", ")}, and 10 more`);
    expect(values.get("max megapixels")).toBe("100");
    expect(values.get("model")).toBe("tiny (example/tiny at 1)");
    expect(values.get("logit scale")).toBe("4 (from: registry)");
    expect(overview.reproduce).toBe(
      `clipbook overview --study ${basename(study.directory)} --run ${run.id} -n 3 --seed 5 --sort name`,
    );
    const quoted = { ...study, directory: "it's here" };
    expect((await makeOverview(quoted, run, { writtenAt })).reproduce).toContain(
      "--study 'it'\\''s here' --run",
    );
    const here = { ...study, directory: "." };
    expect((await makeOverview(here, run, { writtenAt })).reproduce).toMatch(/^clipbook overview --run/);
  });
});

describe("the page's size", () => {
  it("stays under 10 MB with 100,000 units, and the page is made in seconds", async () => {
    const { study, run } = await randomRun({ units: 100_000, pictures: 200, categories: 8, sidePx: 200 });
    const start = performance.now();
    const overview = await makeOverview(study, run, { writtenAt });
    const bytes = Buffer.byteLength(renderOverview(overview));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`overview of 100,000 units: ${seconds} s, ${bytes.toLocaleString("en")} bytes\n`);
    expect(overview.counts).toMatchObject({ classified: 100_000, images: 200 });
    // All blocks were scored, and every unit as the others that show its picture.
    const byImage = new Map<number | undefined, string>();
    for (const { imageId, prediction } of study.runs.rows(run.id)) {
      expect(prediction).toBeDefined();
      const answer = JSON.stringify(prediction);
      if (byImage.has(imageId) && byImage.get(imageId) !== answer) expect(answer).toBe(byImage.get(imageId));
      byImage.set(imageId, answer);
    }
    expect(byImage.size).toBe(200);
    expect(samplesOf(overview).length + overview.lookHereFirst.length).toBe(120);
    expect(bytes).toBeLessThan(10_000_000);
  });

  it("stays under 10 MB with 260 cards of noise: they are made smaller", async () => {
    const { study, run } = await randomRun({ units: 270, pictures: 270, categories: 2, sidePx: 256 });
    const overview = await makeOverview(study, run, { writtenAt, perCategory: 122 });
    const cards = [...samplesOf(overview), ...overview.lookHereFirst];
    expect(cards.length).toBeGreaterThan(255);
    expect(cards.every(({ thumbnail }) => thumbnail && thumbnail.widthPx >= 48)).toBe(true);
    expect(Buffer.byteLength(renderOverview(overview))).toBeLessThan(10_000_000);
    // With fewer of them there is room for whole ones.
    const few = await makeOverview(study, run, { writtenAt, perCategory: 3 });
    expect(samplesOf(few).map(({ thumbnail }) => thumbnail?.widthPx)).toEqual(Array(6).fill(256));
  });

  it("is that of 200 categories, too, with fewer images each", async () => {
    const { study, run } = await randomRun({ units: 3000, pictures: 1000, categories: 200, sidePx: 60 });
    const overview = await makeOverview(study, run, { writtenAt });
    expect(overview.sampling.perCategory).toBe(4);
    expect(overview.categories).toHaveLength(200);
    expect(Buffer.byteLength(renderOverview(overview))).toBeLessThan(10_000_000);
    const failure = await makeOverview(study, run, { writtenAt, perCategory: 5 }).catch((error) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure.message).toBe("5 images for each of 200 categories do not fit on one page");
    expect(failure.hint).toBe("give -n 4 or less");
  });
});

it("makeOverview stops when it is told to, and leaves nothing behind", async () => {
  const { folder, study, run } = await randomRun({ units: 5, pictures: 5, categories: 2 });
  const before = readdirSync(folder);
  const signal = AbortSignal.abort();
  expect(await makeOverview(study, run, { writtenAt, signal }).catch((error) => error)).toBe(signal.reason);
  expect(readdirSync(folder)).toEqual(before);
});
