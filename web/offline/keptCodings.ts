import type { OfflineCoding } from "../../src/validation/codingsFile.ts";
import type { OfflinePage } from "../../src/validation/offlinePage.ts";
import { isCoded } from "../code/codingState.ts";

/** An answer as it is kept; its note is kept beside it, because it may be there before. */
export interface KeptAnswer extends Omit<OfflineCoding, "image" | "note"> {
  /** Later answers have greater numbers: clocks can be set back. */
  readonly number: number;
}

/** What a coder has done so far; by the images' digests. */
export interface KeptCodings {
  readonly answers: Readonly<Record<string, KeptAnswer>>;
  readonly notes: Readonly<Record<string, string>>;
  /** Whether a file has everything, a part of it, or there is no file. */
  readonly exported: "everything" | "a part" | "nothing";
  /** Whether the coder wants to see the instructions beside the categories. */
  readonly showsInstructions: boolean;
}

/** An image of the page with what was said of it, in the page's order. */
export interface KeptImage {
  readonly at: number;
  readonly image: string;
  readonly own: KeptAnswer | null;
}

/** Nothing was done yet. */
export const nothingKept: KeptCodings = {
  answers: {},
  notes: {},
  exported: "nothing",
  showsInstructions: false,
};

/** The page's images with their answers. */
export function keptImages(page: OfflinePage, { answers }: KeptCodings): readonly KeptImage[] {
  return page.images.map((image, at) => ({ at, image, own: answers[image] ?? null }));
}

/** What a file of codings says, in the page's order. A note without an answer has no place in it. */
export function codingsOf(page: OfflinePage, kept: KeptCodings): readonly OfflineCoding[] {
  return keptImages(page, kept).flatMap((keptImage) => {
    const { image, own } = keptImage;
    if (own === null) return [];
    const note = isCoded(keptImage) ? (kept.notes[image] ?? "") : "";
    return [
      { image, answer: own.answer, value: own.value, note, seconds: own.seconds, codedAt: own.codedAt },
    ];
  });
}

/** How many images have a note and no answer that would take it into a file. */
export function openNotes(page: OfflinePage, kept: KeptCodings): number {
  return keptImages(page, kept).filter(
    (image) => !isCoded(image) && (kept.notes[image.image] ?? "").trim() !== "",
  ).length;
}

/** With an image's answer. @param number its own in the order of answers; by default the next one */
export function withAnswer(
  kept: KeptCodings,
  image: string,
  answer: Omit<KeptAnswer, "number">,
  number: number = nextNumber(kept),
): KeptCodings {
  return changed({ ...kept, answers: { ...kept.answers, [image]: { ...answer, number } } });
}

/** Without an image's answer; when there is a file that may have it, the next one has to say so. @param at when, ISO 8601 */
export function withoutAnswer(kept: KeptCodings, image: string, at: string): KeptCodings {
  const withdrawn = { answer: "withdrawn", value: null, seconds: null, codedAt: at } as const;
  if (kept.exported !== "nothing") return withAnswer(kept, image, withdrawn);
  const { [image]: _, ...answers } = kept.answers;
  return { ...kept, answers };
}

/** With an image's note. To change that of an answer is to code anew: a later file supersedes an earlier one by its times. @param at ISO 8601 */
export function withNote(kept: KeptCodings, image: string, note: string, at: string): KeptCodings {
  if ((kept.notes[image] ?? "") === note) return kept;
  const noted = { ...kept, notes: { ...kept.notes, [image]: note } };
  const answer = kept.answers[image];
  return answer === undefined || answer.answer === "withdrawn"
    ? noted
    : withAnswer(noted, image, { ...answer, codedAt: at }, answer.number);
}

/** With a file that has these codings. */
export function withExport(
  page: OfflinePage,
  kept: KeptCodings,
  codings: readonly OfflineCoding[],
): KeptCodings {
  // Another tab may have gone on since.
  const isAll = JSON.stringify(codingsOf(page, kept)) === JSON.stringify(codings);
  return { ...kept, exported: isAll ? "everything" : "a part" };
}

function changed(kept: KeptCodings): KeptCodings {
  return kept.exported === "everything" ? { ...kept, exported: "a part" } : kept;
}

function nextNumber({ answers }: KeptCodings): number {
  return 1 + Object.values(answers).reduce((most, { number }) => Math.max(most, number), 0);
}
