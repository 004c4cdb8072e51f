import type { InferResponseType } from "hono/client";
import type { CodingConflict } from "../../src/server/codingRoutes.ts";
import type { api } from "../api.ts";

/** All that the server tells a coder. */
export type CodingView = InferResponseType<(typeof api.coding)[":link"]["$get"], 200>;

/** An image in the coder's own order. */
export type CodingImage = CodingView["images"][number];

/** What stands for an image, as the server keeps it. */
export type OwnCoding = CodingConflict["present"];

/** What is said of an image. */
export type Said = Pick<OwnCoding, "answer" | "value" | "note">;

/** An image that is coded, on this screen or on a page without a server. */
export interface CodableImage {
  /** Index in the coder's own order. */
  readonly at: number;
  readonly own: Pick<OwnCoding, "answer"> | null;
}

/** Whether an image has an answer that was not taken back. */
export function isCoded({ own }: CodableImage): boolean {
  return own !== null && own.answer !== "withdrawn";
}

/** How many images have an answer. */
export function codedCount(images: readonly CodableImage[]): number {
  return images.filter(isCoded).length;
}

/** The first other image without an answer behind one, or from the beginning where there is none; undefined: all are coded. */
export function maybeNextOpen<T extends CodableImage>(
  images: readonly T[],
  after: number | undefined,
): T | undefined {
  const index = images.findIndex(({ at }) => at === after);
  return [...images.slice(index + 1), ...images.slice(0, Math.max(0, index))].find(
    (image) => !isCoded(image),
  );
}

/** The image before or after another one, in the coder's order; undefined where there is none. */
export function maybeNeighbour<T extends CodableImage>(
  images: readonly T[],
  at: number,
  step: 1 | -1,
): T | undefined {
  return images[images.findIndex((image) => image.at === at) + step];
}

/** The image that was coded last: what undo takes back. @param orderOf greater for what was said later */
export function maybeLastCoded<T extends CodableImage>(
  images: readonly T[],
  orderOf: (image: T) => number,
): T | undefined {
  let last: T | undefined;
  for (const image of images.filter(isCoded)) {
    if (last === undefined || orderOf(image) > orderOf(last)) last = image;
  }
  return last;
}

/** The order in which answers were given, for `maybeLastCoded`. @param waiting images with an answer on its way, the newest last */
export function orderOfAnswers(waiting: readonly number[]): (image: CodingImage) => number {
  return ({ at, own }) => {
    const index = waiting.indexOf(at);
    // An answer on its way has no id of its own yet, and is newer than all that have one.
    return index === -1 ? (own?.id ?? 0) : Number.MAX_SAFE_INTEGER - waiting.length + index;
  };
}

/** The images as the server told them, but for codings known here that are newer than its answer, which may be a late one. */
export function caughtUp(
  known: readonly CodingImage[],
  loaded: readonly CodingImage[],
): readonly CodingImage[] {
  const knownAt = new Map(known.map((image) => [image.at, image]));
  return loaded.map((image) => {
    const before = knownAt.get(image.at);
    const isNewer = (before?.own?.id ?? 0) > (image.own?.id ?? 0);
    return isNewer && before !== undefined ? { ...image, own: before.own, known: before.known } : image;
  });
}

/** Whether two judgements say the same. */
export function isSameSaid(a: Said, b: Said): boolean {
  return a.answer === b.answer && a.value === b.value && a.note === b.note;
}

/** An answer in words: the category, or what was said instead. */
export function answerText({ answer, value }: Pick<Said, "answer" | "value">): string {
  if (answer === "category") return value ?? "";
  return { unsure: "Unsure", uncodable: "Uncodable", withdrawn: "no answer" }[answer];
}
