import { UserError } from "../errors.ts";
import { readCodedSample } from "../pipeline/evaluation/codedSample.ts";
import { writeGold } from "../pipeline/evaluation/writeGold.ts";
import { openSample } from "../pipeline/samples/openSample.ts";
import { requireSample } from "../pipeline/samples/requireSample.ts";
import { openStudy } from "../store/openStudy.ts";
import { tableFormatOf } from "../tables/tableFormat.ts";
import type { GoldRule } from "../validation/goldStandard.ts";
import { chooseRun } from "./chooseRun.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook export gold`, as commander hands them over. */
export interface ExportGoldOptions {
  readonly study: string;
  readonly sample?: string;
  readonly run?: number;
  readonly gold?: GoldRule;
  readonly output?: string;
  readonly json?: boolean;
}

/**
 * `clipbook export gold`: a coded sample for other programs, on stdout unless a file is named. It shows predictions beside the truth,
 * so a sealed sample has to be open.
 * @throws UserError for what is not there, a sealed sample, or a file that is no earlier table of the kind
 */
export async function runExportGold(options: ExportGoldOptions, terminal: Terminal): Promise<void> {
  const { output, json } = options;
  if (json && output === undefined) {
    throw new UserError("--json prints what was written, and so does the table without --output", {
      hint: "name the table's file with --output FILE (.jsonl for JSON)",
    });
  }
  const format = tableFormatOf(output ?? "gold.csv");
  const study = openStudy(options.study, { mustExist: true });
  try {
    const sample = requireSample(study, options.sample);
    const run = chooseRun(study, options.run ?? sample.runId);
    const coded = readCodedSample(study, sample, run, options.gold);
    openSample(study, sample, [run], "export gold", new Date().toISOString());
    const rows = await writeGold(coded, output ?? terminal.stdoutStream, { format, signal: terminal.signal });
    if (json) terminal.stdout(`${JSON.stringify({ sample: sample.name, runId: run.id, rows, output })}\n`);
    else if (output !== undefined) terminal.stdout(`${printable(output)}\n`);
    if (coded.coders.length === 0) {
      terminal.stderr(
        `nothing of sample "${printable(sample.name)}" is coded yet: the gold column is empty\n`,
      );
    }
  } finally {
    study.close();
  }
}
