import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { seededRandom } from "../../src/seededRandom.ts";

const widthPx = 12;
const heightPx = 9;

/** Writes small JPEGs of coloured noise into a folder: every one another picture, the same for the same seed. */
export async function makePictures(folder: string, count: number, seed = 1): Promise<void> {
  const random = seededRandom(seed);
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) {
    const noise = Uint8Array.from({ length: widthPx * heightPx * 3 }, () => random() * 256);
    const picture = sharp(noise, { raw: { width: widthPx, height: heightPx, channels: 3 } });
    const jpeg = await picture
      .resize(8 * widthPx, 8 * heightPx)
      .jpeg()
      .toBuffer();
    writeFileSync(join(folder, `${String(i).padStart(5, "0")}.jpg`), jpeg);
  }
}
