/** Names of an evaluation's tables, which are also their files'. */
export const evaluationTableNames = [
  "figures",
  "categories",
  "confusion",
  "shares",
  "errors-by-group",
  "calibration",
  "abstention",
  "thresholds",
  "response",
] as const;

/** One of `evaluationTableNames`. */
export type EvaluationTableName = (typeof evaluationTableNames)[number];
