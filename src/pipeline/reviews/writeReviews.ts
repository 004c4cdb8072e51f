import type { Writable } from "node:stream";
import { codebookPhrases } from "../../codebook/codebook.ts";
import { type QueueSpec, queueText } from "../../review/queueSpec.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import { checkFileSink } from "../../tables/outputSink.ts";
import type { OutputRow } from "../../tables/outputTable.ts";
import type { OwnColumn } from "../../tables/ownColumn.ts";
import type { TableFormat } from "../../tables/tableFormat.ts";
import { writeTable } from "../../tables/writeTable.ts";
import { requireReplaceable } from "../replaceable.ts";

/** Which verdicts are written, and how. */
export interface ReviewsSpec {
  readonly format: TableFormat;
  /** Every verdict ever given, in the order in which they were given, instead of those that count. */
  readonly history?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

const columns = [
  { name: "Image", kind: "text" },
  { name: "Run", kind: "integer" },
  { name: "Classification", kind: "text" },
  { name: "Classification Label", kind: "text" },
  { name: "Classification Probability", kind: "probability" },
  { name: "Reviewer", kind: "text" },
  { name: "Verdict", kind: "text" },
  { name: "Correct Category", kind: "text" },
  { name: "Note", kind: "text" },
  { name: "Judged At", kind: "text" },
  { name: "Queue", kind: "text" },
] as const satisfies readonly OwnColumn[];

/**
 * Writes the verdicts on runs as a table, one row for each reviewer and image; memory does not grow with it.
 * @param target the table's file, which may replace an earlier one of the same kind, or a stream
 * @returns how many rows
 * @throws UserError for a file that is something else, or cannot be written
 */
export async function writeReviews(
  study: Study,
  runs: readonly Run[],
  target: string | Writable,
  { format, history, signal }: ReviewsSpec,
): Promise<number> {
  if (typeof target === "string") {
    await requireReplaceable(target, ["Reviewer", "Judged At"]);
    await checkFileSink(target);
  }
  let rows = 0;
  function* counted(): Generator<OutputRow> {
    for (const run of runs) {
      for (const row of rowsOf(study, run, history === true)) {
        rows += 1;
        yield row;
      }
    }
  }
  await writeTable(target, { format, own: columns }, counted(), { signal });
  return rows;
}

function* rowsOf(study: Study, run: Run, history: boolean): Generator<OutputRow> {
  const categories = run.codebook.categories.map(({ name }) => name);
  const phrases = codebookPhrases(run.codebook);
  for (const verdict of study.reviews.judged(run.id, { history })) {
    yield {
      input: undefined,
      own: [
        verdict.name,
        run.id,
        categories[verdict.category],
        phrases[verdict.phrase]?.text,
        verdict.probability * 100,
        verdict.reviewer,
        verdict.verdict,
        verdict.correctCategory,
        verdict.note === "" ? undefined : verdict.note,
        verdict.judgedAt,
        queueText(JSON.parse(verdict.queue) as QueueSpec, categories),
      ],
    };
  }
}
