import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { type Comparison, type ComparisonSpec, compareEncoders } from "../../src/pipeline/compareEncoders.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { sampleUnits } from "../../src/pipeline/sampleUnits.ts";
import { startTowerRace } from "../../src/pipeline/towerRace.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { golden } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";

const pictures = join(import.meta.dirname, "../fixtures/reference/images");
let folder: string;
async function compare(overrides: Partial<ComparisonSpec> = {}): Promise<Comparison> {
  const float32 = overrides.float32 ?? (await loadEncoder(folder));
  const int8 = overrides.int8 ?? (await loadEncoder(folder, { precision: "int8" }));
  const inputs = overrides.inputs ?? (await openInputs([pictures]));
  const codebook = await loadCodebook(join(folder, "codebook.yaml"));
  try {
    return await compareEncoders({
      float32,
      int8,
      codebook,
      inputs,
      images: 0,
      random: seededRandom(1),
      ...overrides,
    });
  } finally {
    await Promise.all([float32.close(), int8.close(), inputs.close()]);
  }
}

describe("compareEncoders", () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-compare-"));
    cpSync(tinyModelFolder("clip"), folder, { recursive: true });
    writeFileSync(join(folder, "codebook.yaml"), JSON.stringify(golden.codebook));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it("agrees with two classifications of the same pictures, picture by picture", async () => {
    const comparison = await compare();
    const answers = async (precision: "float32" | "int8") => {
      const study = openStudy(temporaryFolder());
      const encoder = await loadEncoder(folder, { precision });
      const inputs = await openInputs([pictures]);
      const codebook = await loadCodebook(join(folder, "codebook.yaml"));
      const { run } = await classifyUnits({ study, encoder, codebook, inputs });
      const found = new Map<string, string>();
      for (const { unit, prediction } of study.runs.rows(run.id)) {
        const category = prediction && codebook.codebook.categories[prediction.category]?.name;
        if (category !== undefined) found.set(unit.name, category);
      }
      const { files } = study.embeddings.encoder(run.encoderId);
      const sources = files.flatMap(({ madeFrom = [] }) => madeFrom.map(({ name }) => name));
      expect(sources.includes("onnx/vision_model.onnx")).toBe(precision === "int8");
      await encoder.close();
      await inputs.close();
      study.close();
      return found;
    };
    const [float32, int8] = [await answers("float32"), await answers("int8")];
    const changed = [...float32].flatMap(([unit, category]) =>
      int8.get(unit) === category ? [] : [{ unit, float32: category, int8: int8.get(unit) }],
    );
    // The tiny model's embeddings lie close together: rounding changes an answer here and there.
    expect(changed.length).toBeGreaterThan(0);
    expect(comparison.changed).toEqual(changed);
    expect(comparison.compared).toBe(float32.size);
    expect(comparison.agreeing).toBe(float32.size - changed.length);
    expect(comparison.agreement).toBeCloseTo(comparison.agreeing / comparison.compared, 12);
  });

  it("finds nothing between an encoder and itself", async () => {
    const [float32, int8] = [await loadEncoder(folder), await loadEncoder(folder)];
    const { imageCosines, phraseCosines, agreement, changed } = await compare({ float32, int8 });
    for (const { worst } of [imageCosines, phraseCosines]) expect(worst).toBeGreaterThan(0.999999);
    expect(agreement).toBe(1);
    expect(changed).toEqual([]);
  });

  it("counts and tells failed pictures, and draws the same ones for the same seed", async () => {
    const place = temporaryFolder();
    cpSync(pictures, place, { recursive: true });
    writeFileSync(join(place, "broken.jpg"), "this is no picture");
    const failures: string[] = [];
    const progress: [number, number][] = [];
    const all = await compare({
      inputs: await openInputs([place]),
      onFailure: (unit, { code }) => failures.push(`${unit} ${code}`),
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect(failures).toContain(`${place}/broken.jpg not_an_image`);
    expect(all.failed).toBe(failures.length);
    expect(all.compared + all.failed).toBe(all.found);
    expect(progress.at(0)).toEqual([0, all.found]);
    expect(progress.at(-1)).toEqual([all.found, all.found]);
    const some = async (seed: number) => {
      const inputs = await openInputs([place]);
      const { units, found } = await sampleUnits(inputs.units(), 5, seededRandom(seed));
      await inputs.close();
      expect(found).toBe(all.found);
      return units.map(({ name }) => name);
    };
    expect(await some(3)).toEqual(await some(3));
    expect(await some(3)).not.toEqual(await some(4));
  });

  it("says so when there is nothing to compare with, and stops when it is told to", async () => {
    const place = temporaryFolder();
    writeFileSync(join(place, "broken.jpg"), "this is no picture");
    await expect(compare({ inputs: await openInputs([place]) })).rejects.toThrow(
      "there is no picture to compare with",
    );
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error("stopped"));
    await expect(compare({ signal: stop.signal, onProgress })).rejects.toThrow("stopped");
  });
});

describe("sampleUnits", () => {
  it("draws each of ten units equally often", async () => {
    async function* stream() {
      for (let i = 0; i < 10; i++) {
        yield { name: String(i), path: "", rowNumber: 0, fileState: unused, read: unused };
        yield { ignored: "notes.txt" };
      }
    }
    const random = seededRandom(11);
    const counts = new Array<number>(10).fill(0);
    for (let round = 0; round < 3000; round++) {
      const { units } = await sampleUnits(stream(), 3, random);
      expect(units.length).toBe(3);
      for (const { name } of units) counts[Number(name)] = (counts[Number(name)] as number) + 1;
    }
    // Binomial, 3000 draws of 0.3: mean 900, standard deviation 25.
    for (const count of counts) expect(Math.abs(count - 900)).toBeLessThan(125);
  });
});

describe("startTowerRace", () => {
  it("reports medians over the rounds, after one without the clock, in changing order", async () => {
    const encoder = await loadEncoder(tinyModelFolder("clip"));
    // Starts and ends in milliseconds: float32, int8; int8, float32; float32, int8.
    const durations = [100, 50, 100, 400, 200, 40];
    const times = durations.flatMap((duration, i) => [i * 1000, i * 1000 + duration]);
    const race = startTowerRace(encoder, encoder, () => times.shift() as number);
    expect(race.maybeSpeed()).toBeUndefined();
    const views = [new Uint8Array(64 * 64 * 3).fill(10), new Uint8Array(64 * 64 * 3).fill(200)];
    for (let round = 0; round < 3; round++) {
      const both = await race.embedBoth(views);
      expect(both.float32.count).toBe(2);
      expect(both.int8.values).toEqual(both.float32.values);
    }
    // Rates: float32 20, 5, 10; int8 40, 20, 50; ratios 2, 4, 5.
    expect(race.maybeSpeed()).toEqual({ rounds: 3, float32PerSecond: 10, int8PerSecond: 40, ratio: 4 });
    // A rest of one picture, a hundred times as slow, does not count.
    times.push(10_000, 20_000, 30_000, 40_000);
    await race.embedBoth(views.slice(0, 1));
    expect(race.maybeSpeed()).toEqual({ rounds: 3, float32PerSecond: 10, int8PerSecond: 40, ratio: 4 });
    await encoder.close();
  });
});

async function unused(): Promise<never> {
  throw new RangeError("nothing is read");
}
