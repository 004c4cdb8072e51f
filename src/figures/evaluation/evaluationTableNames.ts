/** Names of an evaluation's tables, which are also their files'. */
export const evaluationTableNames = [
  "scores",
  "categories",
  "confusion",
  "shares",
  "groups",
  "agreement",
  "images",
] as const;

/** One of `evaluationTableNames`. */
export type EvaluationTableName = (typeof evaluationTableNames)[number];
