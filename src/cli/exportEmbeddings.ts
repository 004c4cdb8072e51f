import { exportEmbeddings } from "../pipeline/embeddings/exportEmbeddings.ts";
import type { VectorLayout } from "../pipeline/embeddings/vectorSource.ts";
import { openStudy } from "../store/openStudy.ts";
import { chooseRun } from "./chooseRun.ts";
import { printable } from "./printable.ts";
import { formatCount, startProgressLine } from "./progressLine.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook export embeddings`, as commander hands them over. */
export interface ExportEmbeddingsOptions {
  readonly study: string;
  readonly output: string;
  readonly layout: VectorLayout;
  readonly run?: number;
  readonly float16?: boolean;
  readonly json?: boolean;
}

/**
 * `clipbook export embeddings`: a run's vectors for Python.
 * @throws UserError for a run that is not there, and a folder that holds something or cannot be written
 */
export async function runExportEmbeddings(
  options: ExportEmbeddingsOptions,
  terminal: Terminal,
): Promise<void> {
  const study = openStudy(options.study, { mustExist: true });
  let line: ReturnType<typeof startProgressLine> | undefined;
  try {
    const run = chooseRun(study, options.run);
    const exported = await exportEmbeddings({
      ...{ study, run, folder: options.output, layout: options.layout },
      numberType: options.float16 ? "float16" : "float32",
      signal: terminal.signal,
      onProgress: (rows, total) => {
        line ??= startProgressLine("exporting", total, terminal);
        line.update(rows);
      },
    });
    line?.clear();
    if (options.json) {
      terminal.stdout(`${JSON.stringify({ run: run.id, ...exported }, undefined, 2)}\n`);
      return;
    }
    const { vectors, dim, parts, failed, folder } = exported;
    const lines = [
      `${formatCount(vectors)} vectors of ${dim} numbers, ${parts} ${parts === 1 ? "part" : "parts"}: ${printable(folder)}`,
      ...(failed > 0
        ? [`left out without a vector: ${formatCount(failed)} ${failed === 1 ? "unit" : "units"}`]
        : []),
    ];
    terminal.stdout(`${lines.join("\n")}\n`);
  } finally {
    line?.clear();
    study.close();
  }
}
