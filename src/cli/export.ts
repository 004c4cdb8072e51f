import { UserError } from "../errors.ts";
import { writeReviews } from "../pipeline/reviews/writeReviews.ts";
import { openStudy } from "../store/openStudy.ts";
import { tableFormatOf } from "../tables/tableFormat.ts";
import { chooseRun } from "./chooseRun.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook export reviews`, as commander hands them over. */
export interface ExportReviewsOptions {
  readonly study: string;
  readonly run?: number | "all";
  readonly output?: string;
  readonly history?: boolean;
  readonly json?: boolean;
}

/**
 * `clipbook export reviews`: the verdicts on a run's predictions as a table, on stdout unless a file is named.
 * @throws UserError for a study or run that is not there, or a file that is no earlier table of verdicts
 */
export async function runExportReviews(options: ExportReviewsOptions, terminal: Terminal): Promise<void> {
  const { output, history, json } = options;
  if (json && output === undefined) {
    throw new UserError("--json prints what was written, and so does the table without --output", {
      hint: "name the table's file with --output FILE (.jsonl for JSON)",
    });
  }
  const format = tableFormatOf(output ?? "reviews.csv");
  const study = openStudy(options.study, { mustExist: true });
  try {
    const newestOrNamed = options.run === "all" ? undefined : options.run;
    const chosen = chooseRun(study, newestOrNamed);
    const runs = options.run === "all" ? study.runs.list() : [chosen];
    const rows = await writeReviews(study, runs, output ?? terminal.stdoutStream, {
      format,
      history,
      signal: terminal.signal,
    });
    if (json) terminal.stdout(`${JSON.stringify({ runIds: runs.map(({ id }) => id), rows, output })}\n`);
    else if (output !== undefined) terminal.stdout(`${printable(output)}\n`);
    if (rows === 0) {
      const where = options.run === "all" ? "no run was" : `run ${chosen.id} was not`;
      terminal.stderr(`${where} judged yet: the table has no rows (clipbook serve opens the review)\n`);
    }
  } finally {
    study.close();
  }
}
