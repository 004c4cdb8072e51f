import { join } from "node:path";
import { UserError } from "../errors.ts";
import { localIso } from "../localDay.ts";
import type { Encoder } from "../model/openEncoder.ts";
import { precisions } from "../model/registeredModel.ts";
import { classifyImported } from "../pipeline/embeddings/classifyImported.ts";
import { requireImport } from "../pipeline/embeddings/requireImport.ts";
import { imagesPerCategory } from "../pipeline/makeOverview.ts";
import { summariseRun } from "../pipeline/summariseRun.ts";
import { checkResults } from "../pipeline/writeResults.ts";
import type { EmbeddingImport } from "../store/importStore.ts";
import { openStudy } from "../store/openStudy.ts";
import { tableFormatOf } from "../tables/tableFormat.ts";
import { type ClassifyOptions, loadStudyCodebook, tellUsualScale, warnOfCodebook } from "./classify.ts";
import { definedOptions } from "./definedOptions.ts";
import { openModel } from "./openModel.ts";
import { printable } from "./printable.ts";
import { formatCount } from "./progressLine.ts";
import { summaryText } from "./summaryText.ts";
import { tellSharedDisk } from "./tellSharedDisk.ts";
import type { Terminal } from "./terminal.ts";
import { writeOutputs } from "./writeOutputs.ts";

/** The options of `clipbook classify --imported`; without a model the one that the import is believed to be of. */
export interface ClassifyImportedOptions extends Omit<ClassifyOptions, "model" | "precision"> {
  readonly imported: string;
  /** undefined where the user named none. */
  readonly model?: string | undefined;
}

/** Options that are about pictures, and the words for them. */
const aboutPictures = {
  imageColumn: "--image-column",
  view: "--view",
  batchSize: "--batch-size",
  maxMegapixels: "--max-megapixels",
  followOutside: "--follow-outside",
} as const;

/**
 * `clipbook classify --imported NAME`: results table, overview page and summary of embeddings that were made elsewhere.
 * @throws UserError for inputs or options beside it that need pictures, and for whatever else the user can mend
 */
export async function runClassifyImported(
  inputNames: readonly string[],
  options: ClassifyImportedOptions,
  terminal: Terminal,
): Promise<void> {
  requireNoPictures(inputNames, options);
  const codebook = await loadStudyCodebook(options);
  warnOfCodebook(codebook, options, terminal);
  const { output, scoring, json, top, allScores, columnName, images: perCategory } = options;
  if (json && output === "-")
    throw new UserError("--json and --output - both want stdout", { hint: "name a file with --output" });
  const { signal } = terminal;
  const format = tableFormatOf(output === undefined || output === "-" ? "x.csv" : output);
  const results = { format, table: undefined, imageColumn: undefined, columnName, top, allScores, signal };
  await checkResults({ codebook: codebook.codebook, scoring }, output === "-" ? undefined : output, results);
  if (options.overview) imagesPerCategory(codebook.codebook.categories.length, perCategory);
  const study = openStudy(options.study, { mustExist: true });
  let encoder: Encoder | undefined;
  try {
    tellSharedDisk(study, terminal);
    const imported = requireImport(study, options.imported);
    encoder = await openModel(believedModel(imported, options), terminal);
    const { name } = encoder;
    const run = await classifyImported({
      ...{ study, imported, encoder, codebook, scoring, signal },
      truncate: options.truncate ?? false,
      settings: { ...definedOptions({ threads: options.threads, truncate: options.truncate }) },
      onLogitScaling: (scaling) => tellUsualScale(name, scaling, terminal),
    });
    const now = new Date();
    const { seed, sort, showPaths } = options;
    const page = {
      ...definedOptions({ perCategory, seed, sort, showPaths }),
      writtenAt: localIso(now),
      signal,
    };
    const outputs = await writeOutputs(study, run, {
      results,
      output: output === "-" ? terminal.stdoutStream : output,
      overview: options.overview ? page : undefined,
      now,
    });
    const summary = summariseRun(study, run);
    if (json) {
      const answer = {
        ...summary,
        ...outputs,
        openedTowers: encoder.openedTowers(),
        startedAt: run.startedAt,
      };
      terminal.stdout(`${JSON.stringify(answer, undefined, 2)}\n`);
    } else {
      const files = [
        ...(outputs.table === undefined ? [] : [`results   ${printable(outputs.table)}`]),
        ...(outputs.overview === undefined ? [] : [`overview  ${printable(outputs.overview)}`]),
        `study     ${printable(join(options.study, "clipbook.db"))} (run ${run.id})`,
      ];
      const write = outputs.table === undefined ? terminal.stderr : terminal.stdout;
      write(`${summaryText(summary)}\n${files.join("\n")}\n`);
    }
    const { failed, classified } = summary.counts;
    if (classified === 0)
      throw new UserError("none of the vectors could be classified", { hint: "the results table says why" });
    if (options.strict && failed > 0) {
      throw new UserError(`${formatCount(failed)} of the vectors could not be classified`, {
        hint: "the results table says why in its Error column; leave out --strict to accept it",
      });
    }
  } finally {
    study.close();
    await encoder?.close();
  }
}

function requireNoPictures(inputNames: readonly string[], options: ClassifyImportedOptions): void {
  if (inputNames.length > 0) {
    throw new UserError(`--imported and ${inputNames[0]}: either embeddings or pictures can be classified`, {
      hint: "leave out one of the two",
    });
  }
  for (const [key, flag] of Object.entries(aboutPictures)) {
    if (options[key as keyof typeof aboutPictures] === undefined) continue;
    throw new UserError(`${flag} is about pictures, and --imported has none`, { hint: `leave out ${flag}` });
  }
}

function believedModel({ origin: { believed } }: EmbeddingImport, options: ClassifyImportedOptions) {
  const precision = precisions.find((known) => known === believed.precision) ?? "float32";
  return { ...options, precision, model: options.model ?? believed.modelFolder ?? believed.name };
}
