import { Hono } from "hono";
import { z } from "zod";
import { openUnitLister } from "../pipeline/units/listUnits.ts";
import { showUnit } from "../pipeline/units/showUnit.ts";
import { unitQueryDefaults, unitSorts } from "../pipeline/units/unitQuery.ts";
import { openUserTables } from "../pipeline/units/userTableRow.ts";
import { checkedParam, checkedQuery, finiteNumber, wholeNumber } from "./checkedInput.ts";
import { RequestError } from "./requestError.ts";
import { reviewerName } from "./reviewInput.ts";
import { runOfRequest } from "./runOfRequest.ts";
import type { ServerContext } from "./serverContext.ts";

const count = wholeNumber.pipe(z.number().min(0));
// Empty is what a form sends for a field that nobody filled in.
const text = z
  .string()
  .max(2000)
  .transform((value) => value.trim() || undefined);
const unitQuery = z.strictObject({
  category: count.optional(),
  phrase: count.optional(),
  least: finiteNumber.optional(),
  most: finiteNumber.optional(),
  name: text.optional(),
  verdict: z.enum(["right", "wrong", "unsure", "none", "any"]).optional(),
  reviewer: z
    .literal("")
    .transform(() => undefined)
    .or(reviewerName)
    .optional(),
  state: z.enum(["classified", "failed", "all"]).optional(),
  find: text.optional(),
  like: count.optional(),
  sort: z.enum(unitSorts).optional(),
  seed: wholeNumber.optional(),
  from: count.optional(),
  limit: wholeNumber.pipe(z.number().min(1).max(unitQueryDefaults.mostLimit)).optional(),
  near: count.optional(),
});

/** The units of a run: listed, and one in full. */
export function unitRoutes({ study, phraseEncoder, runVectors }: ServerContext) {
  const lister = openUnitLister(study, { phraseEncoder, runVectors });
  const userTables = openUserTables(study);
  return new Hono()
    .get(
      "/runs/:run/units",
      checkedParam(z.object({ run: wholeNumber })),
      checkedQuery(unitQuery),
      async (c) => {
        const run = runOfRequest(study, c.req.valid("param").run);
        return c.json(await lister.list(run, c.req.valid("query")));
      },
    )
    .get(
      "/runs/:run/units/:position",
      checkedParam(z.object({ run: wholeNumber, position: count })),
      async (c) => {
        const { run: runId, position } = c.req.valid("param");
        const run = runOfRequest(study, runId);
        if (position >= study.units.count(run.id)) {
          throw new RequestError(404, `run ${run.id} has no unit ${position}`, {
            hint: "choose one of the gallery",
          });
        }
        return c.json(await showUnit(study, run, position, { runVectors, userTables }));
      },
    );
}
