import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { Hono } from "hono";
import { z } from "zod";
import { evaluationTableNames } from "../figures/evaluation/evaluationTableNames.ts";
import { evaluationTables } from "../pipeline/evaluation/evaluationTables.ts";
import { withThumbnails } from "../pipeline/evaluation/withThumbnails.ts";
import { renderEvaluation } from "../report/renderEvaluation.tsx";
import type { Sample } from "../store/sampleStore.ts";
import { tableFormatOf } from "../tables/tableFormat.ts";
import { writeTable } from "../tables/writeTable.ts";
import { checkedParam, checkedQuery, wholeNumber } from "./checkedInput.ts";
import { downloadHeaders } from "./downloadHeaders.ts";
import { evaluationQuery } from "./evaluationQuery.ts";
import { refuseHead } from "./refuseHead.ts";
import { openRequestedEvaluations } from "./requestedEvaluations.ts";
import type { ServerContext } from "./serverContext.ts";

const ofSample = checkedParam(z.object({ sampleId: wholeNumber }));
const tableParam = checkedParam(z.object({ sampleId: wholeNumber, table: z.enum(evaluationTableNames) }));

/** What a sample says of a run's predictions: as data, as a page, and as tables. What has to be computed is an opening of the sample. */
export function evaluationRoutes(context: ServerContext) {
  const { study, screenImages } = context;
  const evaluations = openRequestedEvaluations(context);
  return new Hono()
    .use("/samples/:sampleId/evaluation", refuseHead)
    .use("/samples/:sampleId/evaluation/*", refuseHead)
    .get("/evaluation/samples", (c) => {
      const freeze = study.samples.freezes().at(-1);
      return c.json({
        /** The oldest first. */
        samples: study.samples
          .list()
          .filter(isEvaluable)
          .map((sample) => ({
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
    .get("/samples/:sampleId/evaluation", ofSample, checkedQuery(evaluationQuery), async (c) => {
      const { sampleId } = c.req.valid("param");
      return c.json({ ...(await evaluations.evaluate(sampleId, c.req.valid("query"), c.req.raw.signal)) });
    })
    .get("/samples/:sampleId/evaluation/page", ofSample, checkedQuery(evaluationQuery), async (c) => {
      const { signal } = c.req.raw;
      const { sampleId } = c.req.valid("param");
      const evaluation = await evaluations.evaluate(sampleId, c.req.valid("query"), signal);
      const page = renderEvaluation(await withThumbnails(study, evaluation, { screenImages, signal }));
      return c.body(page, 200, downloadHeaders("clipbook-evaluation.html", "text/html; charset=utf-8"));
    })
    .get(
      "/samples/:sampleId/evaluation/tables/:table",
      tableParam,
      checkedQuery(evaluationQuery),
      async (c) => {
        const { sampleId, table } = c.req.valid("param");
        const evaluation = await evaluations.evaluate(sampleId, c.req.valid("query"), c.req.raw.signal);
        const found = evaluationTables(evaluation).find(({ name }) => name === table);
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

/** Training rounds measure coders: their images were not drawn. */
function isEvaluable({ purpose }: Sample): boolean {
  return purpose !== "training";
}
