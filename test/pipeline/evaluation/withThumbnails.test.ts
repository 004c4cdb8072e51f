import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { evaluateSample } from "../../../src/pipeline/evaluation/evaluateSample.ts";
import { withThumbnails } from "../../../src/pipeline/evaluation/withThumbnails.ts";
import { contextOf } from "../../server/serveStudy.ts";
import { randomRun } from "../randomRun.ts";
import { plainSample } from "../samples/plainSample.ts";
import { codeSample } from "./codedRun.ts";

async function evaluated() {
  const { folder, study, run } = await randomRun({ units: 30, pictures: 30, categories: 2 });
  const sample = plainSample(study, run, { perCategory: 6 });
  codeSample(study, run, sample, { Anna: (_, predicted) => predicted });
  const evaluation = await evaluateSample(study, {
    ...{ sample, run, target: "collection", by: [], how: "evaluate" },
    madeAt: "2026-05-03T10:00:00.000Z",
  });
  return { folder, study, evaluation };
}

describe("thumbnails of a page", () => {
  it("are there of every image, the same from the files and from the server's cache, in the sample's order", async () => {
    const { study, evaluation } = await evaluated();
    const own = await withThumbnails(study, evaluation);
    expect(own.images.map(({ place }) => place)).toEqual(evaluation.images.map(({ place }) => place));
    for (const { thumbnail } of own.images) expect(thumbnail).toMatch(/^data:image\/jpeg;base64,/);
    expect(new Set(own.images.map(({ thumbnail }) => thumbnail)).size).toBe(own.images.length);
    const { context, close } = contextOf(study.directory);
    onTestFinished(close);
    const { screenImages } = context;
    expect((await withThumbnails(study, evaluation, { screenImages })).images).toEqual(own.images);
  });

  it("end where the page is full, which is told from a file that is gone", async () => {
    const { folder, study, evaluation } = await evaluated();
    const [first] = evaluation.images;
    rmSync(join(folder, first?.name.replace(/#.*$/, "") as string));
    const all = await withThumbnails(study, evaluation);
    expect(all.images[0]).toMatchObject({ withoutThumbnail: "gone" });
    expect(all.images.slice(1).every(({ thumbnail }) => thumbnail !== undefined)).toBe(true);
    const some = await withThumbnails(study, evaluation, { mostBytes: 1500 });
    const reasons = some.images.map(
      ({ thumbnail, withoutThumbnail }) => withoutThumbnail ?? thumbnail?.length,
    );
    expect(reasons[0]).toBe("gone");
    expect(reasons[1]).toEqual(expect.any(Number));
    expect(reasons.at(-1)).toBe("size");
    const size = some.images.reduce((sum, { thumbnail = "" }) => sum + thumbnail.length * 0.75, 0);
    expect(size).toBeLessThan(1600);
  });
});
