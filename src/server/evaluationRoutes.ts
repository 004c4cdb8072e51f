import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { Hono } from "hono";
import { z } from "zod";
import { evaluationTableNames } from "../figures/evaluation/evaluationTableNames.ts";
import { evaluationTables } from "../pipeline/evaluation/evaluationTables.ts";
import { withThumbnails } from "../pipeline/evaluation/withThumbnails.ts";
import { renderEvaluation } from "../report/renderEvaluation.tsx";
import { tableFormatOf } from "../tables/tableFormat.ts";
import { writeTable } from "../tables/writeTable.ts";
import type { GoldRule } from "../validation/goldStandard.ts";
import { checkedParam, checkedQuery, wholeNumber } from "./checkedInput.ts";
import { downloadHeaders } from "./downloadHeaders.ts";
import type { EvaluationRequest } from "./evaluationRequest.ts";
import { refuseHead } from "./refuseHead.ts";
import { RequestError } from "./requestError.ts";
import type { ServerContext } from "./serverContext.ts";

const text = z.string().min(1).max(500);
const evaluationQuery = z.strictObject({
  run: wholeNumber.optional(),
  gold: z.enum(["majority", "adjudicated", "coder"]).optional(),
  coder: text.optional(),
  target: z.enum(["collection", "process"]).default("collection"),
  by: text.or(z.array(text).max(10)).optional(),
});
const ofSample = checkedParam(z.object({ sampleId: wholeNumber }));
const tableParam = checkedParam(z.object({ sampleId: wholeNumber, table: z.enum(evaluationTableNames) }));

/** What a sample says of a run's predictions: as data, as a page, and as tables. Each answer is an opening of the sample. */
export function evaluationRoutes({ study, evaluate }: ServerContext) {
  const requestOf = (
    sampleId: number,
    query: z.output<typeof evaluationQuery>,
    signal: AbortSignal,
  ): EvaluationRequest => {
    const sample = study.samples.list().find(({ id }) => id === sampleId);
    if (sample === undefined) {
      throw new RequestError(404, `the study has no sample ${sampleId}`, { hint: "choose one of the list" });
    }
    const { run, gold, coder, target, by = [] } = query;
    return {
      sample: sample.name,
      runId: run,
      gold: ruleOf(gold, coder),
      target,
      by: typeof by === "string" ? [by] : by,
      signal,
    };
  };
  return new Hono()
    .get("/evaluation/samples", (c) => {
      const freeze = study.samples.freezes().at(-1);
      return c.json({
        /** The oldest first. */
        samples: study.samples.list().map((sample) => ({
          id: sample.id,
          name: sample.name,
          purpose: sample.purpose,
          runId: sample.runId,
          size: study.samples.members(sample.id).length,
          isSealed: sample.isSealed,
          openings: study.samples.openings(sample.id).length,
          coders: study.samples
            .coders(sample.id)
            .flatMap(({ coder, role }) => (role === "coder" ? [coder] : [])),
        })),
        /** When the codebook was frozen last, and with which run. */
        freeze: freeze === undefined ? null : { runId: freeze.runId, frozenAt: freeze.frozenAt },
      });
    })
    .use("/samples/:sampleId/evaluation/*", refuseHead)
    .get("/samples/:sampleId/evaluation", ofSample, checkedQuery(evaluationQuery), async (c) => {
      const request = requestOf(c.req.valid("param").sampleId, c.req.valid("query"), c.req.raw.signal);
      return c.json({ ...(await evaluate(request)) });
    })
    .get("/samples/:sampleId/evaluation/page", ofSample, checkedQuery(evaluationQuery), async (c) => {
      const request = requestOf(c.req.valid("param").sampleId, c.req.valid("query"), c.req.raw.signal);
      const page = renderEvaluation(await withThumbnails(study, await evaluate(request), request.signal));
      return c.body(page, 200, downloadHeaders("clipbook-evaluation.html", "text/html; charset=utf-8"));
    })
    .get(
      "/samples/:sampleId/evaluation/tables/:table",
      tableParam,
      checkedQuery(evaluationQuery),
      async (c) => {
        const { sampleId, table } = c.req.valid("param");
        const request = requestOf(sampleId, c.req.valid("query"), c.req.raw.signal);
        const found = evaluationTables(await evaluate(request)).find(({ name }) => name === table);
        if (found === undefined) throw new RangeError(`an evaluation has no table ${table}`);
        const own = found.rows.map((row) => ({ input: undefined, own: row }));
        const stream = new PassThrough();
        const written = writeTable(stream, { format: tableFormatOf("table.csv"), own: found.columns }, own);
        const [csv] = await Promise.all([buffer(stream), written.finally(() => stream.end())]);
        return c.body(
          new Uint8Array(csv),
          200,
          downloadHeaders(`clipbook-evaluation-${table}.csv`, "text/csv; charset=utf-8"),
        );
      },
    );
}

function ruleOf(kind: GoldRule["kind"] | undefined, coder: string | undefined): GoldRule | undefined {
  if (kind !== "coder") return kind === undefined ? undefined : { kind };
  if (coder !== undefined) return { kind, coder };
  throw new RequestError(400, "a rule that names a coder needs the coder", { hint: "add coder=NAME" });
}
