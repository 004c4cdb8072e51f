import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { varyPicture } from "../../bench/varyPicture.ts";
import { seededRandom } from "../../src/seededRandom.ts";

const widthPx = 12;
const heightPx = 9;

/** Writes small JPEGs of coloured noise into a folder: every one another picture, the same for the same seed. */
export async function makePictures(folder: string, count: number, seed = 1): Promise<void> {
  const random = seededRandom(seed);
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) writeFileSync(pathOf(folder, i), await drawNoise(random));
}

/** Writes many different JPEGs quickly: one picture, each with a comment of its own in the file. */
export async function makeCopies(folder: string, count: number): Promise<void> {
  const picture = await drawNoise(seededRandom(1));
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) writeFileSync(pathOf(folder, i), varyPicture(picture, i));
}

function pathOf(folder: string, index: number): string {
  return join(folder, `${String(index).padStart(5, "0")}.jpg`);
}

async function drawNoise(random: () => number): Promise<Buffer> {
  const noise = Uint8Array.from({ length: widthPx * heightPx * 3 }, () => random() * 256);
  return sharp(noise, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .resize(8 * widthPx, 8 * heightPx)
    .jpeg()
    .toBuffer();
}
