import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

/** The reference's folder: pictures, and what PyTorch, transformers and Pillow answer for them. */
export const referenceFolder = join(import.meta.dirname, "../fixtures/reference");

interface GoldenImage {
  readonly image: string;
  readonly clip: { image_embeds: number[]; logits: number[]; probabilities_percent: number[] };
  readonly siglip: { image_embeds: number[]; probabilities: number[] };
}

interface GoldenRow {
  readonly Image: string;
  readonly Classification: string;
  readonly "Classification Label": string;
  readonly "Classification Probability": number;
  readonly second: {
    Classification_2: string;
    Classification_label_2: string;
    Classification_prob_2: number;
  };
  readonly margin_percent: number;
}

interface Golden {
  readonly codebook: Record<string, string[]>;
  readonly clip: { logit_scale: number; input_ids: number[][]; text_embeds: number[][] };
  readonly siglip: {
    logit_scale: number;
    logit_bias: number;
    input_ids: number[][];
    text_embeds: number[][];
  };
  readonly images: GoldenImage[];
  readonly table: GoldenRow[];
}

export const golden = JSON.parse(readFileSync(join(referenceFolder, "golden.json"), "utf8")) as Golden;

/** The reference ignores EXIF orientation, Clipbook applies it: people look at upright pictures. */
export const comparableImages = golden.images.filter(({ image }) => image !== "exif-orientation-6.jpg");

export function readReferenceImage(name: string): Buffer {
  return readFileSync(join(referenceFolder, "images", name));
}

/** The reference's pixels after resize and crop, RGB `[size, size, 3]`. */
export async function expectedPixels(name: string, kind: "clip224" | "clip64" | "siglip64"): Promise<Buffer> {
  return sharp(join(referenceFolder, "expected", `${name}.${kind}.png`))
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer();
}
