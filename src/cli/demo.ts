import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type DrawnTruth, drawPictures } from "../../demo/drawPictures.ts";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { ownFolderMarker } from "../images/hiddenNames.ts";
import { makeFolder } from "../makeFolder.ts";
import { packageRoot } from "../packageRoot.ts";
import { placeNew } from "../placeNew.ts";
import { openStudy } from "../store/openStudy.ts";
import { discardTemporary, temporaryPath } from "../temporaryFile.ts";
import { runClassify } from "./classify.ts";
import { printable } from "./printable.ts";
import { formatCount, startProgressLine } from "./progressLine.ts";
import type { Terminal } from "./terminal.ts";
import { hasValidation, requireValidatable, validateDemo, validatedCount } from "./validateDemo.ts";

/** Pictures that are drawn unless told otherwise. */
const usualCount = 420;

/** The options of `clipbook demo`, as commander hands them over. */
export interface DemoOptions {
  /** undefined: 420, or 1500 with `validate`. */
  readonly count?: number;
  readonly validate?: boolean;
  readonly json?: boolean;
}

/**
 * `clipbook demo [DIR]`: draws pictures into `DIR/images` and does the main job there with the bundled model; with `--validate` also the
 * worked example of a validation, which goes on where it was.
 * @throws UserError for a folder that cannot be written, and whatever `clipbook classify` throws
 */
export async function runDemo(directory: string, options: DemoOptions, terminal: Terminal): Promise<void> {
  if (options.validate && hasValidation(directory)) {
    const validation = await validateDemo(directory, options, terminal);
    if (options.json) terminal.stdout(`${JSON.stringify({ validation }, undefined, 2)}\n`);
    return;
  }
  const count = options.count ?? (options.validate ? validatedCount : usualCount);
  if (options.validate) requireValidatable(count);
  const images = join(directory, "images");
  const codebook = join(directory, "codebook.yaml");
  await prepareFolder(images, codebook, directory, terminal);
  const line = startProgressLine("drawing", count, terminal);
  const truth = await drawPictures(images, {
    count,
    onProgress: (drawn) => line.update(drawn),
    signal: terminal.signal,
  }).finally(line.clear);
  const { summary, table, overview } = await runClassify(
    [images],
    {
      codebook,
      study: directory,
      model: "demo",
      precision: "float32",
      scoring: "max",
      columnName: "Classification",
      overview: true,
    },
    options.json ? { ...terminal, stdout: () => undefined } : terminal,
  );
  const { right, judged } = compareWithTruth(directory, summary.runId, truth);
  if (!options.json) terminal.stdout(closingText(directory, { right, judged, overview: overview ?? "" }));
  const validation = options.validate ? await validateDemo(directory, options, terminal) : undefined;
  if (options.json) {
    const told = { ...summary, table, overview, right, judged, validation };
    terminal.stdout(`${JSON.stringify(told, undefined, 2)}\n`);
  }
}

async function prepareFolder(
  images: string,
  codebook: string,
  directory: string,
  terminal: Terminal,
): Promise<void> {
  const unwritable = (cause: unknown) => {
    const isFull = isErrorCode(cause, "ENOSPC", "EDQUOT");
    return new UserError(
      `${directory}: ${isFull ? "the disk is full" : "the demo's folder cannot be written"}`,
      { hint: `${isFull ? "make room, or " : ""}name another one: clipbook demo DIR`, cause },
    );
  };
  try {
    const isNew = !existsSync(images);
    makeFolder(images);
    // One that was there may hold the user's own pictures.
    if (isNew)
      writeFileSync(join(images, ownFolderMarker), "The pictures here are drawings of `clipbook demo`.\n");
  } catch (cause) {
    throw unwritable(cause);
  }
  const bundled = join(packageRoot, "demo", "codebook.yaml");
  const temporary = temporaryPath(directory);
  try {
    await copyFile(bundled, temporary);
    await placeNew(temporary, codebook);
  } catch (cause) {
    await discardTemporary(temporary);
    if (!isErrorCode(cause, "EEXIST")) throw unwritable(cause);
    // A codebook that is there may hold the user's own changes: the demo goes on with it, and says so.
    if (readFileSync(codebook, "utf8") !== readFileSync(bundled, "utf8")) {
      terminal.stderr(`note: ${printable(codebook)} is there already and is used as it is\n`);
    }
  }
}

function compareWithTruth(
  directory: string,
  runId: number,
  truth: readonly DrawnTruth[],
): { readonly right: number; readonly judged: number } {
  const categoryOf = new Map(truth.map(({ name, category }) => [name, category]));
  const study = openStudy(directory, { mustExist: true });
  try {
    const names = study.runs.maybeGet(runId)?.codebook.categories.map(({ name }) => name) ?? [];
    let right = 0;
    let judged = 0;
    for (const { unit, prediction } of study.runs.rows(runId)) {
      const drawn = categoryOf.get(basename(unit.name));
      if (drawn === undefined || prediction === undefined) continue;
      judged += 1;
      if (names[prediction.category] === drawn) right += 1;
    }
    return { right, judged };
  } finally {
    study.close();
  }
}

function closingText(
  directory: string,
  { right, judged, overview }: { right: number; judged: number; overview: string },
): string {
  const shown = printable(directory);
  const percent = judged === 0 ? "" : ` (${((right / judged) * 100).toFixed(1)}%)`;
  return `
${formatCount(right)} of ${formatCount(judged)} as they were drawn${percent}.
The bundled model knows these drawings only: for photographs use clip-vit-b32 (the default).

What to try next
  open ${printable(overview)} in a browser
  edit ${shown}/codebook.yaml, then: npx clipbook classify ${shown}/images --study ${shown} --model demo
  look for weak points:  npx clipbook check ${shown}/codebook.yaml --model demo
  your own pictures:     npx clipbook init my-codebook.yaml
                         npx clipbook classify PICTURES --codebook my-codebook.yaml
  look, review, and improve the codebook in your browser:
                         npx clipbook serve --study ${shown}
  a worked example of a validation, with simulated coders:
                         npx clipbook demo ${shown} --validate
`;
}
