import { defaultFloor } from "../stats/allocateSample.ts";
import { suggestSampleSize } from "../stats/planSample.ts";
import { type DesignSpec, defaultLeast, type SamplePurpose } from "./sampleSpec.ts";

/** Images that a test sample has at least, from practice: with fewer the intervals of most figures are wider than readers accept. */
const leastTest = 400;

/** Images coded by all for a reliability figure, at least; a pilot of as many is enough to improve phrases with. */
const leastOthers = 100;

/** Pictures of a quiz. */
const trainingSize = 20;

/** Where floors have to be lowered they take this part of a sample, so that large categories are not thin: equal numbers of each make them so. */
const partOfFloors = 0.8;

/**
 * A size that suits a purpose: for a test 400 images, or as many more as it takes for the floors and for an interval of the accuracy of
 * four points or less to either side; 100 for reliability and a pilot; 20 for a training round. The whole frame where it has fewer.
 * @param sizes images of the frame by category
 */
export function suggestSize(
  purpose: SamplePurpose,
  sizes: readonly number[],
  floor: number = defaultFloor,
): number {
  const frameSize = sizes.reduce((sum, size) => sum + size, 0);
  if (purpose === "test") {
    // A whole number of tens is easier to say.
    const enough = 10 * Math.ceil(suggestSampleSize(sizes, { floor }) / 10);
    return Math.min(frameSize, Math.max(leastTest, enough));
  }
  return Math.min(frameSize, purpose === "training" ? trainingSize : leastOthers);
}

/**
 * A design that suits a purpose: stratified by predicted category for a test and a pilot; simple random for reliability, whose
 * coefficients describe the images that they are computed from, and for a training round.
 */
export function suggestKind(purpose: SamplePurpose): "simple" | "stratified" {
  return purpose === "test" || purpose === "pilot" ? "stratified" : "simple";
}

/** What of a design was asked for; the rest is suggested. */
export interface WantedDesign {
  readonly kind?: "simple" | "stratified" | "split" | "uncertainty" | undefined;
  readonly size?: number | undefined;
  readonly floor?: number | undefined;
  readonly least?: number | undefined;
}

/**
 * A whole design from what was asked for. Where no floor was, it is 50 images of a category, or less where the size does not hold that
 * many: then four fifths of the size are shared out equally.
 * @param sizes images of the frame by category
 */
export function completeDesign(
  purpose: SamplePurpose,
  wanted: WantedDesign,
  sizes: readonly number[],
): DesignSpec {
  const kind = wanted.kind ?? suggestKind(purpose);
  if (kind === "simple" || kind === "uncertainty") {
    const size = wanted.size ?? suggestSize(purpose, sizes, 0);
    return kind === "simple" ? { kind, size } : { kind, size, least: wanted.least ?? defaultLeast };
  }
  const size = wanted.size ?? suggestSize(purpose, sizes, wanted.floor);
  const floors = sizes.reduce((sum, count) => sum + Math.min(count, defaultFloor), 0);
  const fitting = floors <= size ? defaultFloor : Math.floor((partOfFloors * size) / sizes.length);
  const floor = wanted.floor ?? fitting;
  return { kind: "stratified", size, floor, isSplit: kind === "split" };
}
