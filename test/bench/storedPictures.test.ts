import { spawnSync } from "node:child_process";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { prepareEdit } from "../../bench/measureEdit.ts";
import { watchResidentSize } from "../../bench/residentSize.ts";
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
    const edit = await prepareEdit(small, study, "demo", join(bench, "codebook.json"));
    expect(await edit.turn()).toBeGreaterThan(0);
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

  it("fail with one line that says why", () => {
    const args = [join(bench, "turns/decode.ts"), "--model", "no-such-model"];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr).toBe('there is no model "no-such-model"\n');
  });
});

describe("watchResidentSize", () => {
  it("sees memory that came and went", () => {
    const watch = watchResidentSize(process.pid);
    const before = watch.stop();
    expect(before.usualMb).toBeGreaterThan(20);
    expect(before.peakMb).toBeGreaterThanOrEqual(before.usualMb);
    const later = watchResidentSize(process.pid);
    const block = Buffer.alloc(200e6, 1);
    const peak = watchResidentSize(process.pid).stop().peakMb;
    expect(block[5]).toBe(1);
    expect(later.stop().usualMb).toBeGreaterThan(0);
    expect(peak).toBeGreaterThan(before.usualMb + 150);
  });
});
