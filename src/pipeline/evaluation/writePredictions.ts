import type { Writable } from "node:stream";
import type { Study } from "../../store/openStudy.ts";
import type { Prediction, Run } from "../../store/runStore.ts";
import { loadRunColumns } from "../units/runColumns.ts";
import { type ResultsSpec, writeResults } from "../writeResults.ts";
import { type AbstentionScore, abstentionScore } from "./abstentionOf.ts";
import type { ChosenThresholds } from "./chooseThresholds.ts";

/** Units of a run by what became of them. */
export interface KeptUnits {
  readonly classified: number;
  readonly kept: number;
}

/**
 * Writes a run's results table in which predictions below their category's threshold have the residual category.
 * @throws UserError as `writeResults`
 */
export async function writePredictions(
  study: Study,
  run: Run,
  target: string | Writable,
  spec: ResultsSpec & { readonly chosen: ChosenThresholds; readonly score: AbstentionScore },
): Promise<KeptUnits> {
  const { chosen, score, ...results } = spec;
  const isKept = (prediction: Prediction) =>
    abstentionScore(prediction, score) >= (chosen.keptFrom[prediction.category] as number);
  await writeResults(study, run, target, { ...results, withholding: { residual: chosen.residual, isKept } });
  return countKept(study, run, chosen, score);
}

async function countKept(
  study: Study,
  run: Run,
  { keptFrom }: ChosenThresholds,
  score: AbstentionScore,
): Promise<KeptUnits> {
  const { categories, probabilities, margins } = await loadRunColumns(study, run.id);
  let classified = 0;
  let kept = 0;
  for (const [position, category] of categories.entries()) {
    if (category < 0) continue;
    classified += 1;
    const probability = probabilities[position] as number;
    const margin = margins[position] as number;
    // A codebook of one category has no margins.
    const own = score === "probability" || Number.isNaN(margin) ? probability : margin;
    if (own >= (keptFrom[category] as number)) kept += 1;
  }
  return { classified, kept };
}
