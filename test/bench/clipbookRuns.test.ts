import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it, onTestFinished } from "vitest";
import { prepareEdits } from "../../bench/measureEdit.ts";
import { measureMemory, memoryMeasurements, sizePoints } from "../../bench/measureMemory.ts";
import { medianBetween, watchResidentSize } from "../../bench/residentSize.ts";
import type { SizePoint } from "../../bench/sizePlot.ts";
import { fillStudy, writeSmallPictures } from "../../bench/syntheticStudy.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import type { Encoder } from "../../src/model/openEncoder.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import type { FileState } from "../../src/store/imageStore.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const bench = join(import.meta.dirname, "../../bench");

async function drawPictures(folder: string): Promise<readonly string[]> {
  const colours = ["crimson", "teal", "gold"];
  return Promise.all(
    colours.map(async (background) => {
      const path = join(folder, `${background}.jpg`);
      await sharp({ create: { width: 300, height: 200, channels: 3, background } }).toFile(path);
      return path;
    }),
  );
}

async function knownFiles(directory: string, folder: string, encoder: Encoder): Promise<number> {
  const study = openStudy(directory);
  const { identity, family, precision, model, view } = encoder;
  const encoderId = study.embeddings.encoderId({ identity, family, precision, files: model.files });
  const inputs = await openInputs([folder]);
  const files: FileState[] = [];
  for await (const unit of inputs.units()) {
    if (!("ignored" in unit)) files.push({ path: unit.path, ...(await unit.fileState()) });
  }
  const known = study.images.embeddedOfFiles(encoderId, view, files).filter((image) => image !== undefined);
  study.close();
  await inputs.close();
  return known.length;
}

describe("a study that was filled, not indexed", () => {
  it("is one that clipbook knows: an edit embeds no picture and opens the text tower alone", async () => {
    const folder = temporaryFolder();
    const small = join(folder, "small");
    const study = join(folder, "study");
    await writeSmallPictures(small, await drawPictures(folder), 30);
    const encoder = await loadEncoder("demo");
    const { dim } = await encoder.embedTexts(["a picture"]);
    await fillStudy(study, small, encoder, dim);
    await encoder.close();
    expect(await knownFiles(study, small, encoder)).toBe(30);
    const edit = await prepareEdits(small, study, "demo", join(bench, "codebook.json"));
    const { seconds, answer } = await edit();
    expect(seconds).toBeGreaterThan(0);
    expect(answer).toMatchObject({ embedded: 0, openedTowers: ["text"] });
    const args = [join(bench, "turns/load.ts"), "--model", "demo", "--study", study, "--count", "30"];
    const load = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(JSON.parse(load.stdout)).toMatchObject({ count: 30 });
  });
});

describe("contestants of Clipbook", () => {
  it("answer how many they did in how long", async () => {
    const folder = temporaryFolder();
    await writeSmallPictures(join(folder, "small"), await drawPictures(folder), 40);
    for (const [script, count] of [
      ["onnxRuntimeTower", 48],
      ["clipbookTower", 48],
      ["decode", 40],
      ["reclassify", 40],
    ] as const) {
      const path = join(bench, "turns", `${script}.ts`);
      const args = [
        path,
        "--model",
        "demo",
        "--images",
        join(folder, "small"),
        "--count",
        String(count === 48 ? 40 : count),
      ];
      const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
      expect(stderr).toBe("");
      const answer = JSON.parse(stdout) as { count: number; seconds: number };
      expect(answer.count).toBe(count);
      expect(answer.seconds).toBeGreaterThan(0);
    }
  });

  it("tell the pipeline's rate from a run on a study of its own, which is gone afterwards", async () => {
    const folder = temporaryFolder();
    const small = join(folder, "contest", "pictures");
    await writeSmallPictures(small, await drawPictures(folder), 120);
    const args = [join(bench, "turns/pipeline.ts"), "--model", "demo", "--images", small, "--count", "100"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(stderr).toBe("");
    const { count } = JSON.parse(stdout) as { count: number };
    expect(count).toBeGreaterThan(30);
    expect(count).toBeLessThanOrEqual(80);
    expect(readdirSync(join(folder, "contest")).sort()).toEqual(["pictures", "pictures-shrunk"]);
  });

  it("fail with one line that says why", () => {
    const args = [join(bench, "turns/decode.ts"), "--model", "no-such-model"];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr).toBe('there is no model "no-such-model"\n');
  });
});

describe("measureMemory", () => {
  it("watches a run on a fresh study for each size", async () => {
    const folder = temporaryFolder();
    const points: SizePoint[] = [];
    const codebook = join(bench, "codebook.json");
    const pictures = await drawPictures(folder);
    const spec = { sizes: [10, 40], model: "demo", precision: "float32", codebook, pictures };
    await measureMemory({ ...spec, work: join(folder, "work") }, (point) => points.push(point));
    expect(points.map((point) => point.pictures)).toEqual([10, 40]);
    for (const { rate, peakMb, indexingMb } of points) {
      expect(rate).toBeGreaterThan(0);
      expect(indexingMb).toBeGreaterThan(30);
      expect(peakMb).toBeGreaterThanOrEqual(indexingMb);
    }
    const measurements = points.flatMap((point) => memoryMeasurements(point, "float32"));
    expect(sizePoints(measurements.map((measurement) => ({ ...measurement, run: "1" })))).toEqual(points);
  });
});

describe("watchResidentSize", () => {
  it("counts what a process started, and what that started", async () => {
    const held = "const held = Buffer.alloc(100_000_000, 1); setInterval(() => held, 1000);";
    const start = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(held)}], {stdio: "inherit"});`;
    const child = spawn(process.execPath, ["-e", `${start}${held}`], { detached: true });
    onTestFinished(async () => {
      process.kill(-(child.pid as number), "SIGKILL");
      await once(child, "close");
    });
    await expect.poll(() => watchResidentSize(child.pid as number).stop().peakMb).toBeGreaterThan(200);
  });

  it("sees memory that came and went", () => {
    const before = watchResidentSize(process.pid).stop();
    expect(before.samples[0]?.residentMb).toBeGreaterThan(20);
    expect(before.peakMb).toBeGreaterThanOrEqual(before.samples[0]?.residentMb as number);
    const block = Buffer.alloc(200e6, 1);
    const peak = watchResidentSize(process.pid).stop().peakMb;
    expect(block[5]).toBe(1);
    expect(peak).toBeGreaterThan((before.samples[0]?.residentMb as number) + 150);
  });
});

describe("medianBetween", () => {
  const samples = [1, 2, 3, 4, 5].map((seconds) => ({ seconds, residentMb: seconds * 10 }));

  it("takes the samples between two moments, or all where there is none", () => {
    expect(medianBetween({ peakMb: 50, samples }, 2.5, 5)).toBe(40);
    expect(medianBetween({ peakMb: 50, samples }, 5.2, 5.3)).toBe(30);
  });
});
