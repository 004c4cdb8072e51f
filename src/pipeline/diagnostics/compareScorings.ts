import { type Scoring, scorings } from "../../classify.ts";
import type { MacroF1Change } from "../../stats/macroF1Change.ts";
import { mcnemarTest } from "../../stats/mcnemarTest.ts";
import type { Run } from "../../store/runStore.ts";
import { goldQuality } from "./diagnosticGold.ts";
import type { Known, ScoringComparison, ScoringPair, ScoringRule } from "./diagnostics.ts";
import type { GoldUnits } from "./goldUnits.ts";
import type { RunScores } from "./runScores.ts";

/** Why `sum` cannot be compared. */
const noSum = "this model's probabilities do not add up, so that there is nothing to sum";

/** What the run's images would be by each scoring rule, and which of them the gold units speak for. */
export async function compareScorings(
  run: Run,
  scores: RunScores,
  gold: Known<GoldUnits>,
): Promise<ScoringComparison> {
  const available = scorings.filter((rule) => !(rule === "sum" && run.probabilityKind === "sigmoid"));
  const categories = new Map<Scoring, Int32Array>();
  for (const rule of available) categories.set(rule, await scores.categoriesBy(rule));
  const units = scores.answers.categories.length;
  const columns = [...categories.values()];
  let disagreements = 0;
  for (let unit = 0; unit < units; unit++)
    if (columns.some((column) => column[unit] !== columns[0]?.[unit])) disagreements += 1;
  const pairs = available.flatMap((first, i) =>
    available.slice(i + 1).map((second): ScoringPair => {
      const [a, b] = [categories.get(first) as Int32Array, categories.get(second) as Int32Array];
      const differing = a.reduce((sum, category, unit) => sum + (category === b[unit] ? 0 : 1), 0);
      return {
        first,
        second,
        disagreements: differing,
        share: units > 0 ? differing / units : undefined,
        test: testOf(gold, a, b),
      };
    }),
  );
  return {
    rules: scorings.map((scoring): Known<ScoringRule> => {
      const own = categories.get(scoring);
      if (own === undefined) return { why: noSum };
      if ("why" in gold) return { scoring, quality: gold, macroF1Change: gold };
      const predicted = gold.categoriesOf(own);
      return {
        scoring,
        quality: goldQuality(gold.gold, predicted, run.codebook.categories.length),
        macroF1Change:
          scoring === run.scoring
            ? { why: "the run's own rule" }
            : (gold.changesTo([predicted])[0] as MacroF1Change),
      };
    }),
    pairs,
    disagreements,
    share: units > 0 ? disagreements / units : undefined,
  };
}

function testOf(gold: Known<GoldUnits>, first: Int32Array, second: Int32Array): ScoringPair["test"] {
  if ("why" in gold) return gold;
  const [a, b] = [gold.categoriesOf(first), gold.categoriesOf(second)];
  let onlyFirst = 0;
  let onlySecond = 0;
  gold.gold.truth.forEach((truth, i) => {
    if (a[i] === truth && b[i] !== truth) onlyFirst += 1;
    if (b[i] === truth && a[i] !== truth) onlySecond += 1;
  });
  const test = mcnemarTest(onlyFirst, onlySecond);
  if (test === undefined) return { why: "no gold image is right under one of them only" };
  return { ...test, onlyFirst, onlySecond };
}
