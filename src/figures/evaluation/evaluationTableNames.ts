/** Names of an evaluation's tables, which are also their files'. */
export const evaluationTableNames = [
  "figures",
  "categories",
  "confusion",
  "shares",
  "errors-by-group",
  "abstention",
  "response",
] as const;
