import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { embedInBatches } from "../../src/model/embedInBatches.ts";
import { type LocatedModel, locateModel } from "../../src/model/locateModel.ts";
import { openEncoder } from "../../src/model/openEncoder.ts";
import { openTower } from "../../src/model/openTower.ts";
import { classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { writeResults } from "../../src/pipeline/writeResults.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { tableFormatOf } from "../../src/tables/tableFormat.ts";
import { referenceFolder } from "../images/reference.ts";
import { makePictures } from "../kill/makePictures.ts";
import { wideGraph } from "../model/onnx/wideGraph.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";

const codebook = {
  Food: ["a plate of food", "a cup of coffee on a table, seen from above, in the morning"],
  People: ["a portrait of a person", "people at a rally who hold up signs and cheer"],
  Other: ["text", "a landscape"],
};

interface Setting {
  readonly batchSize?: number;
  readonly threads?: number;
  /** The last picture first. */
  readonly backwards?: boolean;
  /** Classified with these pictures alone before, in the same study. */
  readonly first?: readonly string[];
  /** Interrupted after so many pictures, and continued by another encoder. */
  readonly interruptedAfter?: number;
}

/** Classifies pictures as `clipbook classify` does; every number of the table and of the study's embeddings. */
async function classify(model: LocatedModel, names: readonly string[], setting: Setting = {}) {
  const folder = temporaryFolder();
  const file = join(folder, "codebook.json");
  writeFileSync(file, JSON.stringify(codebook));
  const study = openStudy(join(folder, "study"));
  onTestFinished(() => study.close());
  const { batchSize = 16, threads = 2, interruptedAfter = Number.POSITIVE_INFINITY, first = [] } = setting;
  const run = async (given: readonly string[], stopAfter: number) => {
    const encoder = await openEncoder(model, { threads, logitScale: 100, ...bias(model) });
    const inputs = await openInputs(given);
    const stop = new AbortController();
    try {
      const classified = await classifyUnits({
        study,
        encoder,
        codebook: await loadCodebook(file),
        inputs,
        batchSize,
        signal: stop.signal,
        onProgress: ({ embedded }) => {
          if (embedded >= stopAfter) stop.abort(new Error("interrupted"));
        },
      });
      const table = join(folder, "table.csv");
      await writeResults(study, classified.run, table, { format: tableFormatOf(table), allScores: true });
      return readFileSync(table, "utf8");
    } finally {
      await encoder.close();
      await inputs.close();
    }
  };
  if (first.length > 0) await run(first, Number.POSITIVE_INFINITY);
  const given = setting.backwards ? names.toReversed() : names;
  if (interruptedAfter < names.length)
    await expect(run(given, interruptedAfter)).rejects.toThrow("interrupted");
  const table = await run(given, Number.POSITIVE_INFINITY);
  return { rows: sorted(table), numbers: storedNumbers(join(folder, "study")) };
}

const bias = (model: LocatedModel) => (model.name.startsWith("tiny-siglip") ? { logitBias: -10 } : {});

/** A table's head, and its rows in order. */
function sorted(table: string): string {
  const [head, ...rows] = table.trimEnd().split("\n");
  return [head, ...rows.sort(), ""].join("\n");
}

/** Every embedding of a study, and every probability of its last run, to the last bit. */
function storedNumbers(folder: string): readonly string[] {
  const database = new DatabaseSync(join(folder, "clipbook.db"), { readOnly: true });
  const rows = [
    "SELECT hex(sha256) AS name, hex(vector) AS bits FROM embedding JOIN image ON image.id = image_id",
    "SELECT text AS name, hex(vector) AS bits FROM text_embedding",
    `SELECT hex(sha256) AS name, printf('%.17g', probability) AS bits FROM prediction JOIN image ON image.id = image_id
      WHERE run_id = (SELECT max(id) FROM run)`,
  ].flatMap((sql) =>
    database
      .prepare(sql)
      .all()
      .map(({ name, bits }) => `${name} ${bits}`),
  );
  database.close();
  return rows.sort();
}

const folder = mkdtempSync(join(tmpdir(), "clipbook-determinism-"));
let pictures: readonly string[];
beforeAll(async () => {
  const shown = join(folder, "pictures");
  await makePictures(shown, 14);
  // Other sizes and kinds, and small ones: what counts is what surrounds them.
  for (const image of ["gray.png", "palette.png", "alpha.png", "lossless.webp"])
    copyFileSync(join(referenceFolder, "images", image), join(shown, image));
  pictures = readdirSync(shown)
    .sort()
    .map((name) => join(shown, name));
});
afterAll(() => rmSync(folder, { recursive: true }));

const settings: readonly (readonly [string, Setting])[] = [
  ["one picture at a time, in one thread", { batchSize: 1, threads: 1 }],
  ["three at a time in four threads, in another order", { batchSize: 3, threads: 4, backwards: true }],
  ["an interruption after the first batch", { interruptedAfter: 1, batchSize: 4, threads: 1 }],
];

describe.each([
  ["the demo's model", "demo", "float32"],
  ["a CLIP model", tinyModelFolder("clip"), "float32"],
  ["a CLIP model", tinyModelFolder("clip"), "int8"],
  ["a SigLIP model", tinyModelFolder("siglip"), "float32"],
  ["a SigLIP model", tinyModelFolder("siglip"), "int8"],
] as const)("%s (%s, %s)", (_, name, precision) => {
  let model: LocatedModel;
  let expected: Awaited<ReturnType<typeof classify>>;
  beforeAll(async () => {
    // An int8 variant is written beside its source, which is not the fixtures' place.
    const own = join(folder, `${basename(name)}-${precision}`);
    if (name !== "demo") cpSync(name, own, { recursive: true });
    model = await locateModel(name === "demo" ? name : own, { precision });
  });

  it("gives the same table and the same bits, whatever surrounds a picture", async () => {
    expected = await classify(model, pictures);
    expect(expected.rows.trimEnd().split("\n").length).toBe(pictures.length + 1);
    for (const [what, setting] of settings) {
      const { rows, numbers } = await classify(model, pictures, setting);
      expect([what, rows]).toEqual([what, expected.rows]);
      expect([what, numbers.filter((row, i) => row !== expected.numbers[i]).length]).toEqual([what, 0]);
    }
    const some = { first: pictures.filter((__, i) => i % 3 === 0), batchSize: 64 };
    expect(await classify(model, pictures, some)).toEqual(expected);
  });

  it("gives another table for other pictures", async () => {
    const { numbers } = await classify(model, pictures.slice(1));
    expect(numbers).not.toEqual(expected.numbers);
    // Each that is there in both is the same: its neighbours do not count.
    expect(numbers.filter((row) => !expected.numbers.includes(row))).toEqual([]);
  });
});

describe("a tower with a real model's sizes", () => {
  const [side, count] = [3 * 224 * 224, 5];
  const random = seededRandom(1);
  const pixels = Array.from({ length: count }, () =>
    Float32Array.from({ length: side }, () => random() * 4 - 2),
  );

  async function embed(graph: string, threads: number, batchSize: number): Promise<Float32Array> {
    const tower = await openTower(graph, ["image"], { threads });
    const run = (batch: readonly Float32Array[]) => {
      const values = new Float32Array(batch.length * side);
      batch.forEach((picture, i) => {
        values.set(picture, i * side);
      });
      return tower.run({ pixel_values: { dims: [batch.length, 3, 224, 224], values } }, "image");
    };
    const spec = { modelName: "wide", side: "image", isDynamic: false, batchSize, run } as const;
    const { values } = await embedInBatches(pixels, spec);
    await tower.close();
    return values;
  }

  const ways = [
    [1, 1],
    [4, 3],
    [16, 2],
    [64, 5],
  ] as const;

  it("gives the same bits for every batch size and number of threads", async () => {
    const graph = join(temporaryFolder(), "wide.onnx");
    writeFileSync(graph, wideGraph(1));
    const expected = await embed(graph, 2, 5);
    for (const [threads, batch] of ways) {
      const found = await embed(graph, threads, batch);
      expect([threads, batch, Buffer.from(found.buffer).equals(Buffer.from(expected.buffer))]).toEqual([
        threads,
        batch,
        true,
      ]);
    }
  });

  it("that adds up in other pieces stays within what cannot change a category by 0.01 points", async () => {
    // A mean over the tokens, which CLIP and SigLIP models do not have, is such an operation.
    const graph = join(temporaryFolder(), "mean.onnx");
    writeFileSync(graph, wideGraph(1, "mean"));
    const expected = await embed(graph, 2, 5);
    const moved: number[] = [];
    for (const [threads, batch] of ways) {
      const found = await embed(graph, threads, batch);
      for (let i = 0; i < count; i++) {
        const differences = Array.from({ length: 768 }, (_, d) => at(found, i, d) - at(expected, i, d));
        moved.push(Math.hypot(...differences));
      }
    }
    // No cosine with a unit vector moves by more, no logit by more than 100 times that, and with them no margin between two
    // probabilities by more than 100 points times the logit: 10,000 times what the embedding moved.
    expect(Math.max(...moved) * 100 * 100).toBeLessThan(0.01);
    // Else this would test nothing.
    expect(Math.max(...moved)).toBeGreaterThan(0);
  });
});

function at(values: Float32Array, row: number, column: number): number {
  return values[row * 768 + column] as number;
}
