import { UserError } from "../src/errors.ts";
import type { ClipbookRun } from "./runClipbook.ts";
import type { TurnAnswer } from "./turns/takeTurn.ts";

// Later than that the decoder may have run out of pictures while the tower still works on what was prepared.
const latestShare = 0.8;

/** How far a run had come. */
export interface ProgressReport {
  readonly done: number;
  readonly total: number;
}

/**
 * How many pictures a run of `clipbook classify` did in the middle of its work, from the first tenth that it reports to the
 * eighth: start-up, phrases, and writing what came out are not in it.
 * @throws UserError when it reported too little
 */
export function steadyRate(lines: ClipbookRun["lines"]): TurnAnswer {
  const { first, last } = steadySpan(
    lines.flatMap(({ text, seconds }) => {
      const report = maybeProgress(text);
      return report === undefined ? [] : [{ ...report, seconds }];
    }),
  );
  return { count: last.done - first.done, seconds: last.seconds - first.seconds };
}

/** What a line of stderr says of the progress; undefined where it is another line. */
export function maybeProgress(text: string): ProgressReport | undefined {
  const [, done, total] = text.match(/^classifying \d+%: ([\d,]+) of ([\d,]+)/) ?? [];
  return done === undefined || total === undefined
    ? undefined
    : { done: numberOf(done), total: numberOf(total) };
}

/** The reports that bound the middle of a run. @throws UserError when there are too few */
export function steadySpan<Report extends ProgressReport>(
  reports: readonly Report[],
): { readonly first: Report; readonly last: Report } {
  const first = reports[0];
  const last = reports.findLast(({ done, total }) => done <= total * latestShare);
  if (first === undefined || last === undefined || last.done <= first.done) {
    throw new UserError("clipbook reported too little of its progress", { hint: "use more pictures" });
  }
  return { first, last };
}

function numberOf(text: string): number {
  return Number(text.replaceAll(",", ""));
}
