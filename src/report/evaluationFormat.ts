import type { NumberFormat } from "../figures/evaluation/numberFormat.ts";
import { formatCount, formatDay, formatPercent } from "./formatNumbers.ts";
import { scoreText } from "./methods/wordsOf.ts";

/** How the evaluation page writes numbers: as the methods paragraph does. */
export const evaluationFormat: NumberFormat = {
  count: formatCount,
  percent: formatPercent,
  score: scoreText,
  day: formatDay,
};
