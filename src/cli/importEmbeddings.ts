import type { View } from "../images/viewGeometry.ts";
import { loadEncoder } from "../model/loadEncoder.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Precision } from "../model/registeredModel.ts";
import { type ImportedEmbeddings, importEmbeddings } from "../pipeline/embeddings/importEmbeddings.ts";
import { originSentence } from "../pipeline/embeddings/originSentence.ts";
import { openStudy, type Study } from "../store/openStudy.ts";
import { startDownloadLine } from "./downloadLine.ts";
import { printable } from "./printable.ts";
import { formatCount, startProgressLine } from "./progressLine.ts";
import { tellSharedDisk } from "./tellSharedDisk.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook import embeddings`, as commander hands them over. */
export interface ImportEmbeddingsOptions {
  readonly study: string;
  /** A registered model's id or a folder. */
  readonly encoder: string;
  readonly precision: Precision;
  readonly view?: View;
  readonly name?: string;
  readonly imageColumn?: string;
  readonly vectorColumn?: string;
  readonly images?: string;
  readonly json?: boolean;
}

/**
 * `clipbook import embeddings`: vectors that another program made, into the study.
 * @throws UserError for files that are not in order; nothing of them is in the study, then
 */
export async function runImportEmbeddings(
  folder: string,
  options: ImportEmbeddingsOptions,
  terminal: Terminal,
): Promise<void> {
  let encoder: Encoder | undefined;
  let study: Study | undefined;
  let line: ReturnType<typeof startProgressLine> | undefined;
  try {
    encoder = await openBelieved(options, terminal);
    study = openStudy(options.study);
    tellSharedDisk(study, terminal);
    const { view, name, imageColumn, vectorColumn, images } = options;
    const outcome = await importEmbeddings({
      ...{ study, folder, encoder, model: options.encoder, view, name, imageColumn, vectorColumn },
      imagesFolder: images,
      signal: terminal.signal,
      onProgress: (rows, total) => {
        line ??= startProgressLine("importing", total, terminal);
        line.update(rows);
      },
    });
    line?.clear();
    report(outcome, options, terminal);
  } finally {
    line?.clear();
    study?.close();
    await encoder?.close();
  }
}

async function openBelieved(
  { encoder, precision }: ImportEmbeddingsOptions,
  terminal: Terminal,
): Promise<Encoder> {
  const download = startDownloadLine(terminal);
  return loadEncoder(encoder, {
    precision,
    environment: terminal.environment,
    signal: terminal.signal,
    onProgress: download.onProgress,
    onVariant: download.onVariant,
  }).finally(download.clear);
}

function report(
  { imported, storedBefore }: ImportedEmbeddings,
  options: ImportEmbeddingsOptions,
  terminal: Terminal,
): void {
  const { name, origin, view, startedAt } = imported;
  if (options.json) {
    terminal.stdout(`${JSON.stringify({ name, view, startedAt, storedBefore, ...origin }, undefined, 2)}\n`);
    return;
  }
  const { vectors, dim, numberType, normalised, zero, layout } = origin;
  const lines = [
    `${formatCount(vectors)} vectors of ${dim} numbers (${numberType}, ${layout}) are in the study as "${printable(name)}"`,
    ...(storedBefore > 0
      ? [`there already, from an import that was cut off: ${formatCount(storedBefore)}`]
      : []),
    ...(normalised > 0 ? [`scaled to length 1, because they had another: ${formatCount(normalised)}`] : []),
    ...(zero > 0 ? [`not to be classified, because they are zero (zero_vector): ${formatCount(zero)}`] : []),
    ...(numberType === "float64" ? ["their float64 numbers were rounded to float32"] : []),
    originSentence(origin),
    `next: clipbook classify --imported ${JSON.stringify(printable(name))} --study ${printable(options.study)}`,
  ];
  terminal.stdout(`${lines.join("\n")}\n`);
}
