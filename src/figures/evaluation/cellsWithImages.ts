import type { EvaluatedImage, Evaluation } from "../../validation/evaluation.ts";

/** A cell of the confusion matrix with its images. */
export interface CellImages {
  readonly truth: number;
  readonly predicted: number;
  readonly images: readonly EvaluatedImage[];
}

/** The cells that have images: wrong ones first, the fullest first, then the right ones in the codebook's order. */
export function cellsWithImages({
  images,
  categories,
}: Pick<Evaluation, "images" | "categories">): readonly CellImages[] {
  const cells = new Map<number, EvaluatedImage[]>();
  for (const image of images) {
    if (image.trueCategory === undefined) continue;
    const at = image.trueCategory * categories.length + image.predicted;
    const known = cells.get(at);
    if (known === undefined) cells.set(at, [image]);
    else known.push(image);
  }
  return [...cells]
    .map(([at, own]) => ({
      truth: Math.floor(at / categories.length),
      predicted: at % categories.length,
      images: own.toSorted((a, b) => b.probability - a.probability || a.place - b.place),
    }))
    .sort(
      (a, b) =>
        Number(a.truth === a.predicted) - Number(b.truth === b.predicted) ||
        (a.truth === a.predicted ? 0 : b.images.length - a.images.length) ||
        a.truth - b.truth ||
        a.predicted - b.predicted,
    );
}

/** The id of a cell's images in a page, from places and not names: names may hold anything. */
export function cellAnchor({
  truth,
  predicted,
}: {
  readonly truth: number;
  readonly predicted: number;
}): string {
  return `cell-${truth + 1}-${predicted + 1}`;
}
