import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { sampleIndices, seededRandom } from "../../../src/seededRandom.ts";
import { openStudy, type Study } from "../../../src/store/openStudy.ts";
import type { Run } from "../../../src/store/runStore.ts";
import type { Sample } from "../../../src/store/sampleStore.ts";
import { frameBits } from "../../../src/validation/frameBits.ts";
import { encoderRecord, runSpec, saveImage } from "../../store/runSpec.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";

/** One image with what is true of it and what the run says. */
export interface SimulatedImage {
  readonly truth: number;
  readonly predicted: number;
  readonly probability: number;
  readonly runnerUp: number;
}

/** One row of the table: the image that it shows, and its cells by the columns' names. */
export interface SimulatedRow {
  readonly image: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface SimulatedStudy {
  readonly images: readonly SimulatedImage[];
  readonly rows: readonly SimulatedRow[];
  readonly categories: readonly string[];
  /** Whether the last category is the codebook's residual one. */
  readonly hasResidual?: boolean;
}

/** A study with a complete run of a table `posts.csv`, whose predictions are given: no pictures, no embeddings. */
export function tableStudy({ images, rows, categories, hasResidual = false }: SimulatedStudy) {
  const folder = temporaryFolder();
  const table = join(folder, "posts.csv");
  const columns = Object.keys(rows[0]?.cells ?? {});
  const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = rows.map(({ image, cells }) =>
    [`${image}.jpg`, ...columns.map((column) => quoted(cells[column] as string))].join(","),
  );
  writeFileSync(table, `${["file", ...columns].join(",")}\n${lines.join("\n")}\n`);
  const study = openStudy(folder);
  onTestFinished(() => study.close());
  const imageIds = study.transaction(() => images.map((_, i) => saveImage(study, i)));
  const encoderId = study.embeddings.encoderId(encoderRecord);
  const addRun = (predictions: readonly SimulatedImage[], names: readonly string[] = categories): Run => {
    const codebook = {
      title: "Simulated",
      templates: [],
      categories: names.map((name, c) => ({
        name,
        phrases: [`phrase ${c}`],
        ...(hasResidual && c === names.length - 1 && { residual: true }),
      })),
    };
    const runId = study.runs.start(runSpec(encoderId, { codebook, settings: { inputs: [table] } }));
    study.transaction(() => {
      study.runs.addUnits(
        runId,
        0,
        rows.map(({ image }, i) => [
          { name: `${image}.jpg`, path: join(folder, `${image}.jpg`), rowNumber: i + 1 },
          { imageId: imageIds[image] as number },
        ]),
      );
      for (const [i, { image }] of rows.entries()) {
        const { predicted, probability, runnerUp } = predictions[image] as SimulatedImage;
        study.runs.savePrediction(runId, i, {
          category: predicted,
          phrase: predicted,
          probability,
          runnerUp: { category: (predicted + 1) % names.length, phrase: 0, probability: runnerUp },
        });
      }
    });
    study.runs.complete(runId, "2025-03-01T10:05:00.000Z", 0);
    return study.runs.maybeGet(runId) as Run;
  };
  return { folder, table, study, run: addRun(images), addRun, imageIds };
}

/** A sample stratified by predicted category, drawn at random, with one coder who is always right. */
export function codedSampleOf(
  study: Study,
  run: Run,
  { images, rows, categories }: SimulatedStudy,
  options: {
    readonly drawn: readonly number[];
    readonly seed: number;
    readonly isSealed?: boolean;
    readonly name?: string;
    /** Images that the coder left out. */
    readonly isUncoded?: (image: number) => boolean;
    /** Images outside the frame. */
    readonly isLeftOut?: (image: number) => boolean;
  },
): Sample {
  const { drawn, seed, isSealed = false, name = "test", isUncoded, isLeftOut } = options;
  const random = seededRandom(seed);
  const first = new Map<number, number>();
  for (const [position, { image }] of rows.entries())
    if (!first.has(image) && isLeftOut?.(image) !== true) first.set(image, position);
  const strata = categories.map((_, category) =>
    [...first].filter(([image]) => images[image]?.predicted === category),
  );
  const members = strata.flatMap((own, stratum) => {
    const size = Math.min(own.length, drawn[stratum] as number);
    return sampleIndices(own.length, size, random).map((at) => {
      const [image, position] = own[at] as [number, number];
      const imageId = study.runs.row(run.id, position).imageId as number;
      return {
        image,
        position,
        imageId,
        stratum,
        inclusionProbability: size / own.length,
        knownCategory: undefined,
      };
    });
  });
  return study.transaction(() => {
    const sample = study.samples.add(
      {
        name,
        purpose: "test",
        runId: run.id,
        design: {
          spec: { kind: "stratified", size: members.length, floor: 1, isSplit: false },
          exclusions: { samples: [], reviewed: false, examples: false },
          strata: strata.map((own, category) => ({
            category,
            half: undefined,
            size: own.length,
            drawn: Math.min(own.length, drawn[category] as number),
          })),
          frameSize: first.size,
          left: {
            failedUnits: 0,
            doubledUnits: rows.length - first.size,
            inSamples: 0,
            reviewed: 0,
            examples: 0,
          },
        },
        seed: 7,
        isSealed,
        passMark: undefined,
        drawnAt: "2026-05-01T08:00:00.000Z",
      },
      members,
      frameBits([...first.values()].sort((a, b) => a - b)),
    );
    for (const [place, { image }] of members.entries()) {
      if (isUncoded?.(image)) continue;
      study.codings.add(
        {
          sampleId: sample.id,
          place,
          coder: "Anna",
          role: "coder",
          variable: "category",
          answer: "category",
          value: categories[images[image]?.truth as number],
          note: "",
          seconds: undefined,
          source: "screen",
          codedAt: "2026-05-02T08:00:00.000Z",
        },
        0,
      );
    }
    return sample;
  });
}

/** Posts of accounts: the truth depends on followers, and so do the errors, some images are shown twice. */
export function simulatedPosts(imageCount: number, seed = 21): SimulatedStudy {
  const random = seededRandom(seed);
  const categories = ["Events", "Interviews", "Other"];
  const parties = ["Greens", "Left", "Right"];
  const accounts = Array.from({ length: 60 }, (_, i) => ({
    account: `account ${i}`,
    party: parties[i % 3] as string,
    followers: Math.round(random() * 100) / 10,
  }));
  const images: SimulatedImage[] = [];
  const rows: SimulatedRow[] = [];
  for (let image = 0; image < imageCount; image++) {
    const account = accounts[Math.floor(random() * accounts.length)] as (typeof accounts)[number];
    const isEvent = random() < 0.15 + 0.05 * account.followers;
    const truth = isEvent ? 0 : random() < 0.5 ? 1 : 2;
    // The more followers, the more events are missed: naive slopes are too flat.
    const isRight = truth === 0 ? random() > 0.07 * account.followers : random() > 0.1;
    const predicted = isRight ? truth : truth === 0 ? 2 : 0;
    const probability = Math.round((isRight ? 0.5 + random() / 2 : 0.4 + random() / 2.5) * 1e4) / 1e4;
    images.push({ truth, predicted, probability, runnerUp: Math.round((1 - probability) * 6e3) / 1e4 });
    const posts = random() < 0.1 ? 2 : 1;
    for (let post = 0; post < posts; post++) {
      const month = 1 + Math.floor(random() * 6);
      rows.push({
        image,
        cells: {
          account: account.account,
          party: account.party,
          followers: String(account.followers),
          date: random() < 0.01 ? "31.12.2023" : `2024-0${month}-1${Math.floor(random() * 9)}T10:00:00Z`,
        },
      });
    }
  }
  return { images, rows, categories };
}
