import { UserError } from "../src/errors.ts";
import type { ClipbookRun } from "./runClipbook.ts";
import type { TurnAnswer } from "./turns/takeTurn.ts";

// Later than that the decoder may have run out of pictures while the tower still works on what was prepared.
const latestShare = 0.8;

/**
 * How many pictures a run of `clipbook classify` did in the middle of its work, from the first tenth that it reports to the
 * eighth: start-up, phrases, and writing what came out are not in it.
 * @throws UserError when it reported too little
 */
export function steadyRate(lines: ClipbookRun["lines"]): TurnAnswer {
  const reports = lines.flatMap(({ text, seconds }) => {
    const [, done, total] = text.match(/^classifying \d+%: ([\d,]+) of ([\d,]+)/) ?? [];
    if (done === undefined || total === undefined) return [];
    return [{ done: numberOf(done), total: numberOf(total), seconds }];
  });
  const first = reports[0];
  const last = reports.findLast(({ done, total }) => done <= total * latestShare);
  if (first === undefined || last === undefined || last.done <= first.done) {
    throw new UserError("clipbook reported too little of its progress", { hint: "use more pictures" });
  }
  return { count: last.done - first.done, seconds: last.seconds - first.seconds };
}

function numberOf(text: string): number {
  return Number(text.replaceAll(",", ""));
}
