import { UserError } from "../errors.ts";
import { requireSample } from "../pipeline/samples/requireSample.ts";
import { writeCodings } from "../pipeline/samples/writeCodings.ts";
import { openStudy } from "../store/openStudy.ts";
import { tableFormatOf } from "../tables/tableFormat.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook export codings`, as commander hands them over. */
export interface ExportCodingsOptions {
  readonly study: string;
  readonly sample?: string;
  readonly output?: string;
  readonly history?: boolean;
  readonly json?: boolean;
}

/**
 * `clipbook export codings`: a sample's codings as a table, on stdout unless a file is named.
 * @throws UserError for a study or sample that is not there, or a file that is no earlier table of codings
 */
export async function runExportCodings(options: ExportCodingsOptions, terminal: Terminal): Promise<void> {
  const { output, history, json } = options;
  if (json && output === undefined) {
    throw new UserError("--json prints what was written, and so does the table without --output", {
      hint: "name the table's file with --output FILE (.jsonl for JSON)",
    });
  }
  const format = tableFormatOf(output ?? "codings.csv");
  const study = openStudy(options.study, { mustExist: true });
  try {
    const sample = requireSample(study, options.sample);
    const rows = await writeCodings(study, sample, output ?? terminal.stdoutStream, {
      format,
      history,
      signal: terminal.signal,
    });
    if (json) terminal.stdout(`${JSON.stringify({ sample: sample.name, rows, output })}\n`);
    else if (output !== undefined) terminal.stdout(`${printable(output)}\n`);
    if (rows === 0) {
      terminal.stderr(`nobody has coded sample "${printable(sample.name)}" yet: the table has no rows\n`);
    }
  } finally {
    study.close();
  }
}
