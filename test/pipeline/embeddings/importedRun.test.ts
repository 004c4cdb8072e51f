import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it, onTestFinished } from "vitest";
import * as clipbook from "../../../src/index.ts";
import { countUnseen } from "../../../src/pipeline/samples/countUnseen.ts";
import { golden } from "../../images/reference.ts";
import { contextOf } from "../../server/serveStudy.ts";
import { loadTinyModel, tinyModelFolder } from "../../tinyModels.ts";
import { pictures, readCsv, writeFiles } from "../classifyInTest.ts";
import { unitVectors, writeNpy, writeRows } from "./vectorFolders.ts";

const encoder = await loadTinyModel("clip");
const { dim } = await encoder.embedTexts(["a"]);
afterAll(() => encoder.close());

const at = "2026-05-03T10:00:00.000Z";

/** Vectors of 40 pictures, two of which are on this machine; the last one is zero. */
async function importedStudy() {
  const folder = pictures();
  const vectors = join(folder, "vectors");
  const count = 40;
  const values = unitVectors(count, dim);
  values.fill(0, (count - 1) * dim);
  writeNpy(join(vectors, "a.npy"), values, dim);
  const names = Array.from({ length: count }, (_, i) => `https://example.org/${i}.jpg`);
  names.splice(0, 2, "gray.jpg", "photo.webp");
  await writeRows(
    join(vectors, "a.csv"),
    ["url"],
    names.map((name) => [name]),
  );
  writeFiles(folder, { "codebook.json": JSON.stringify(golden.codebook) });
  const study = clipbook.openStudy(join(folder, "study"));
  onTestFinished(() => study.close());
  const model = tinyModelFolder("clip");
  await clipbook.importEmbeddings({ study, folder: vectors, encoder, model, imagesFolder: folder });
  const imported = clipbook.requireImport(study, "vectors");
  const codebook = await clipbook.loadCodebook(join(folder, "codebook.json"));
  const run = await clipbook.classifyImported({ study, imported, encoder, codebook });
  return { folder, study, run, names, count };
}

it("a run over embeddings from elsewhere is reviewed, coded, evaluated and exported by the library", async () => {
  const { folder, study, run, names, count } = await importedStudy();
  expect(clipbook.summariseRun(study, run).counts).toMatchObject({ classified: count - 1, failed: 1 });

  const spec = { kind: "random", n: 2, seed: 1 } as const;
  const queue = clipbook.drawReviewQueue(study, run, spec);
  study.transaction(() => {
    for (const position of queue)
      study.reviews.add(
        {
          ...{ runId: run.id, position, reviewer: "Ana", verdict: "right", correctCategory: undefined },
          ...{ note: "", queue: JSON.stringify(spec), judgedAt: at },
        },
        0,
      );
  });
  const review = clipbook.summariseReview(study, run, { queue: spec });
  expect([review.images, review.estimate?.share]).toEqual([count - 1, 1]);

  const sample = clipbook.drawStudySample(
    study,
    run,
    {
      ...{ name: "test", purpose: "test", seed: 1, isSealed: false },
      design: { kind: "simple", size: count - 1 },
      exclusions: { samples: [], reviewed: false, examples: false },
    },
    at,
  );
  const { link } = clipbook.addCoder(study, sample, { coder: "Ana", role: "coder", addedAt: at });
  expect(countUnseen(study, sample)).toBe(count - 3);
  const members = study.samples.members(sample.id);
  // Only what lies on this machine can be seen, and so coded; of the rest Ana says so.
  const isHere = (place: number) => names.indexOf(members[place]?.name ?? "") < 2;
  for (const { place } of members) {
    const value = run.codebook.categories[place % 2]?.name;
    clipbook.recordCoding(study, sample, {
      ...{ place, coder: "Ana", role: "coder", variable: "category", note: "", seconds: 1, seen: 0 },
      ...{ source: "screen", codedAt: at },
      ...(isHere(place) ? { answer: "category", value } : { answer: "uncodable", value: undefined }),
    });
  }
  const { context, close } = contextOf(study.directory);
  onTestFinished(close);
  const app = context.screenImages;
  const here = members.filter(({ place }) => isHere(place));
  expect(here.map(({ name }) => name).sort()).toEqual(["gray.jpg", "photo.webp"]);
  expect(link).toMatch(/^[\w-]{20,}$/);

  const evaluation = await clipbook.evaluateSample(study, {
    ...{ sample, run, target: "collection", by: [], how: "evaluate", madeAt: at },
  });
  expect(evaluation.gold).toMatchObject({ known: 2 });
  expect(evaluation.methods.paragraph).toContain("made elsewhere");
  for (const screenImages of [undefined, app]) {
    const { images } = await clipbook.withThumbnails(study, evaluation, { screenImages });
    const without = (name: string) => images.find((image) => image.name === name)?.withoutThumbnail;
    expect(images.filter(({ thumbnail }) => thumbnail !== undefined)).toHaveLength(2);
    expect(
      names
        .slice(2, -1)
        .map(without)
        .every((reason) => reason === "away"),
    ).toBe(true);
  }
  rmSync(join(folder, "gray.jpg"));
  const page = clipbook.renderEvaluation(await clipbook.withThumbnails(study, evaluation));
  expect(page).toContain("not on this machine");
  expect(page).not.toContain("no picture<");
  expect(page).not.toContain("imported:");

  const output = join(folder, "out");
  const exported = await clipbook.exportEmbeddings({
    ...{ study, run, folder: output, layout: "npy", numberType: "float32" },
  });
  expect(exported).toMatchObject({ vectors: count - 1, failed: 1 });
  const encoderFile = readFileSync(join(output, "encoder.json"), "utf8");
  expect(JSON.parse(encoderFile)).toMatchObject({
    imported: "vectors",
    believed: { name: encoder.name },
    dim,
  });
  // Where things lie on this machine is nobody else's business.
  expect(encoderFile).not.toContain(tinyModelFolder("clip"));
  const rows = readCsv(readFileSync(join(output, "embeddings_0.csv"), "utf8"));
  expect(rows.map(({ image_path }) => image_path)).toEqual(names.slice(0, -1));
});
