import type { DescribedIndexing } from "./planMerge.ts";

/** What of two indexings keeps their embeddings apart, in words: the first thing that differs. */
export function encoderDifference(a: DescribedIndexing, b: DescribedIndexing): string {
  if (a.encoder.identity !== b.encoder.identity) {
    if (a.modelName !== b.modelName) return `model ${a.modelName} and ${b.modelName}`;
    if (a.encoder.precision !== b.encoder.precision)
      return `precision ${a.encoder.precision} and ${b.encoder.precision}`;
    return filesOf(a) === filesOf(b)
      ? "preprocessing of two versions of Clipbook"
      : `two models that are called ${a.modelName}, with different files`;
  }
  return `view ${a.view} and ${b.view}`;
}

function filesOf({ encoder }: DescribedIndexing): string {
  return encoder.files
    .map(({ name, sha256 }) => `${name} ${sha256}`)
    .sort()
    .join("\n");
}
