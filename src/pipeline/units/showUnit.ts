import { codebookPhrases } from "../../codebook/codebook.ts";
import { embeddings } from "../../embeddings.ts";
import { openCosineProduct } from "../../model/cosineProduct.ts";
import { importedFormat, isAwayPath } from "../../store/importedImage.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import { classifierOfRun } from "../classifierOfRun.ts";
import type { RunVectors } from "../runVectors.ts";
import { cardMaker, type UnitCard } from "./unitCard.ts";
import { readUnitVerdicts } from "./unitVerdicts.ts";
import type { UserCell, UserTables } from "./userTableRow.ts";

/** A unit with everything that is known of it. */
export interface UnitInFull extends UnitCard {
  /** Absolute; `archive.zip!/entry` inside an archive; empty where a row names no image. */
  /** Empty for a picture that is not on this machine. */
  readonly path: string;
  /** Of the user's table, from 1; 0 for an image file. */
  readonly rowNumber: number;
  readonly format: string | undefined;
  readonly sizeBytes: number | undefined;
  /** Set when the file has faults that leave the picture whole. */
  readonly warning: string | undefined;
  /** The user's own row; undefined where the input was no table, or it cannot be had. */
  readonly columns: readonly UserCell[] | undefined;
  /** Why the row of a table cannot be had. */
  readonly columnsMissing: string | undefined;
  /** Every phrase in the codebook's order; none where the unit failed. */
  readonly scores: readonly PhraseScore[];
  /** Every category's probability in the codebook's order, where the run's scoring compared categories, else undefined. */
  readonly categoryProbabilities: readonly number[] | undefined;
}

/** How a phrase fits an image. */
export interface PhraseScore {
  readonly category: string;
  readonly phrase: string;
  readonly cosine: number;
  /** 0..1 */
  readonly probability: number;
}

/**
 * A unit in full, its scores computed again from stored embeddings: its cosines are the same bits as in the run.
 * @throws RangeError for a position that the run does not have
 * @throws UserError for an embedding that was damaged in the study
 */
export async function showUnit(
  study: Study,
  run: Run,
  position: number,
  { runVectors, userTables }: { readonly runVectors: RunVectors; readonly userTables: UserTables },
): Promise<UnitInFull> {
  const [row] = study.units.rowsAt(run.id, [position]);
  if (row === undefined) throw new RangeError(`run ${run.id} has no position ${position}`);
  const { unit, imageId } = row;
  const image = imageId === undefined ? undefined : study.images.get(imageId);
  const verdict = readUnitVerdicts(study, run.id, undefined).newest.get(position);
  const userRow = await userTables.maybeRowOf(run, unit);
  return {
    ...cardMaker(run.codebook)(row, { verdict }),
    path: isAwayPath(unit.path) ? "" : unit.path,
    rowNumber: unit.rowNumber,
    format: image?.format,
    sizeBytes: image?.format === importedFormat ? undefined : image?.sizeBytes,
    warning: image?.warning,
    columns: userRow && "cells" in userRow ? userRow.cells : undefined,
    columnsMissing: userRow && "missing" in userRow ? userRow.missing : undefined,
    ...(await scoresAt(study, run, position, runVectors)),
  };
}

async function scoresAt(
  study: Study,
  run: Run,
  position: number,
  runVectors: RunVectors,
): Promise<Pick<UnitInFull, "scores" | "categoryProbabilities">> {
  const vector = runVectors.maybeVectorAt(run, position);
  if (vector === undefined) return { scores: [], categoryProbabilities: undefined };
  const classifier = classifierOfRun(study, run);
  const product = await openCosineProduct(classifier.references);
  try {
    const cosines = await product.cosinesOf(embeddings(vector, vector.length));
    const [scores] = classifier.scoresOf(cosines);
    if (scores === undefined) throw new RangeError("a row of cosines has scores");
    return {
      scores: codebookPhrases(run.codebook).map(({ text, categoryIndex }, p) => ({
        category: run.codebook.categories[categoryIndex]?.name ?? "",
        phrase: text,
        cosine: scores.cosines[p] as number,
        probability: scores.phraseProbabilities[p] as number,
      })),
      categoryProbabilities: run.scoring === "max" ? undefined : [...scores.categoryProbabilities],
    };
  } finally {
    await product.close();
  }
}
