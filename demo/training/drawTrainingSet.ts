import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { rasteriseSvg } from "../../src/images/rasteriseSvg.ts";
import { drawPicture, pictureKinds } from "../drawPicture.ts";
import { seedInRange, seedRanges } from "../seedRanges.ts";

// Writes pictures and `pictures.jsonl` (file, kind, category, what is seen) for `train.py` and `evaluate.py`:
// node demo/training/drawTrainingSet.ts --directory DIR --per-kind 330 --range training --series 0
const { values } = parseArgs({
  options: {
    directory: { type: "string" },
    "per-kind": { type: "string", default: "330" },
    range: { type: "string", default: "training" },
    series: { type: "string", default: "0" },
  },
});
const { directory, range } = values;
if (directory === undefined) throw new Error("--directory is missing");
if (range !== "training" && range !== "evaluation") throw new Error("--range is training or evaluation");

await mkdir(directory, { recursive: true });
const index = await open(join(directory, "pictures.jsonl"), "w");
const jobs = Array.from({ length: Number(values["per-kind"]) * pictureKinds.length }, (_, number) => number);
const extensions = { jpeg: "jpg", png: "png", webp: "webp" } as const;

/** Takes the next picture until none is left; several run at once, because the rasteriser has its own threads. */
async function drawNext(): Promise<void> {
  for (let number = jobs.shift(); number !== undefined; number = jobs.shift()) {
    const kind = pictureKinds[number % pictureKinds.length] as string;
    const seed = seedInRange(seedRanges[range as "training" | "evaluation"], Number(values.series), number);
    const picture = drawPicture(kind, seed);
    const file = `${String(number).padStart(6, "0")}.${extensions[picture.format]}`;
    await writeFile(
      join(directory as string, file),
      await rasteriseSvg(picture.svg, { format: picture.format }),
    );
    const { category, seen } = picture;
    await index.write(`${JSON.stringify({ file, kind, category, seen })}\n`);
  }
}

await Promise.all([drawNext(), drawNext(), drawNext()]);
await index.close();
