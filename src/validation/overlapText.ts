import type { SamplePurpose } from "./sampleSpec.ts";

/** How many images two samples share, in words: `12 images are also`; of a plan, where it is the expected number, `about 12 images would also be`. */
export function overlapCountText(images: number, isPlanned: boolean): string {
  if (!isPlanned)
    return images === 1 ? "1 image is also" : `${images.toLocaleString("en-US")} images are also`;
  const count = Math.round(images);
  if (count === 0) return "perhaps an image would also be";
  return count === 1
    ? "about 1 image would also be"
    : `about ${count.toLocaleString("en-US")} images would also be`;
}

/** What a sample of a purpose is called: `test sample`, `training round`. */
export function sampleWord(purpose: SamplePurpose): string {
  return purpose === "training" ? "training round" : `${purpose} sample`;
}
