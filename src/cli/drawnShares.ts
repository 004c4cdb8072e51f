import { basename } from "node:path";
import type { DrawnCategory } from "../../demo/drawPicture.ts";
import { drawnTruth } from "../../demo/drawPictures.ts";
import { UserError } from "../errors.ts";
import { frameImages } from "../pipeline/evaluation/frameImages.ts";
import { requireSample } from "../pipeline/samples/requireSample.ts";
import type { Interval } from "../stats/wilsonInterval.ts";
import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import type { Evaluation } from "../validation/evaluation.ts";
import { chooseRun } from "./chooseRun.ts";

/** An evaluation's shares beside what was drawn, which only the demo knows. All shares 0..1. */
export interface DrawnShares {
  /** Images that could be drawn into the sample. */
  readonly images: number;
  readonly categories: readonly {
    readonly name: string;
    readonly drawn: number;
    readonly raw: number;
    readonly corrected: number | undefined;
    readonly interval: Interval | undefined;
    readonly isCovered: boolean;
  }[];
  /** Corrected shares whose interval holds what was drawn. */
  readonly covered: number;
  /** Mean distance from what was drawn. */
  readonly rawError: number;
  readonly correctedError: number;
}

/** What each image of a run of the demo was drawn as, by image id. @throws UserError for images that the demo did not draw */
export function drawnByImage(study: Study, run: Run): ReadonlyMap<number, DrawnCategory> {
  const rows = [...study.runs.rows(run.id)];
  const truth = new Map(drawnTruth(rows.length).map(({ name, category }) => [name, category]));
  const drawn = new Map<number, DrawnCategory>();
  for (const { unit, imageId } of rows) {
    const category = truth.get(basename(unit.name));
    if (category === undefined || imageId === undefined) {
      throw new UserError(`${unit.name}: not a drawing of the demo, so that nobody can simulate its coders`, {
        hint: "name another folder: clipbook demo DIR --validate",
      });
    }
    if (!drawn.has(imageId)) drawn.set(imageId, category);
  }
  return drawn;
}

/** Compares the shares of an evaluation of the demo with what was drawn, over the images that could be drawn into its sample. */
export async function drawnShares(
  study: Study,
  { sample, run, categories, shares }: Evaluation,
): Promise<DrawnShares> {
  const drawn = drawnByImage(study, chooseRun(study, run.id));
  const images = [...(await frameImages(study, requireSample(study, sample.name)))];
  const compared = shares.map(({ category, raw, corrected: { value, interval } }) => {
    const name = categories[category] as string;
    const share = images.filter((imageId) => drawn.get(imageId) === name).length / images.length;
    const isCovered = interval !== undefined && interval.low <= share && share <= interval.high;
    return { name, drawn: share, raw, corrected: value, interval, isCovered };
  });
  const meanOf = (errors: readonly number[]) => errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return {
    images: images.length,
    categories: compared,
    covered: compared.filter(({ isCovered }) => isCovered).length,
    rawError: meanOf(compared.map(({ raw, drawn: share }) => Math.abs(raw - share))),
    correctedError: meanOf(
      compared.flatMap(({ corrected, drawn: share }) =>
        corrected === undefined ? [] : [Math.abs(corrected - share)],
      ),
    ),
  };
}
