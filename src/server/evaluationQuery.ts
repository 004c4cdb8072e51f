import { z } from "zod";
import { wholeNumber } from "./checkedInput.ts";

const text = z.string().min(1).max(500);

/** How an evaluation is asked for: of which run, by which gold standard, about what, by which columns, compared with which run. */
export const evaluationQuery = z.strictObject({
  run: wholeNumber.optional(),
  gold: z.enum(["majority", "adjudicated", "coder"]).optional(),
  coder: text.optional(),
  target: z.enum(["collection", "process"]).default("collection"),
  by: text.or(z.array(text).max(10)).optional(),
  compare: wholeNumber.optional(),
});

/** The same, checked. */
export type EvaluationQuery = z.output<typeof evaluationQuery>;
