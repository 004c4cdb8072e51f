import { PassThrough, Readable } from "node:stream";
import { Hono } from "hono";
import { z } from "zod";
import { UserError } from "../errors.ts";
import { localIso } from "../localDay.ts";
import { makeOverview } from "../pipeline/makeOverview.ts";
import { maybeTableName, maybeTableOfRun } from "../pipeline/tableOfRun.ts";
import { checkResults, defaultColumnName, type ResultsSpec, writeResults } from "../pipeline/writeResults.ts";
import { renderOverview } from "../report/renderOverview.tsx";
import { openStudy, type Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import { tableFormatOf } from "../tables/tableFormat.ts";
import { checkedParam, checkedQuery, wholeNumber } from "./checkedInput.ts";
import { downloadHeaders } from "./downloadHeaders.ts";
import { RequestError } from "./requestError.ts";
import { runOfRequest } from "./runOfRequest.ts";
import type { ServerContext } from "./serverContext.ts";

const runParam = checkedParam(z.object({ run: wholeNumber }));

const mimeTypes = {
  csv: "text/csv; charset=utf-8",
  tsv: "text/tab-separated-values; charset=utf-8",
  jsonl: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
} as const;

const resultsQuery = z.object({
  format: z.enum(["csv", "tsv", "jsonl", "parquet"]).default("csv"),
  /** Whether the columns of the table that was classified come first. */
  columns: z.enum(["with", "without"]).default("with"),
});

/** Prefixes of Clipbook's columns, tried in this order where the user's table has such columns already. */
const prefixes = [defaultColumnName, `Clipbook ${defaultColumnName}`, `Clipbook ${defaultColumnName} 2`];

/** A run's results table and overview page, to be saved. */
export function outputRoutes({ study, now }: ServerContext) {
  return new Hono()
    .get("/runs/:run/outputs", runParam, async (c) => {
      const run = runOfRequest(study, c.req.valid("param").run);
      const found = await maybeTableOfRun(study, run);
      return c.json({
        /** The table that was classified, as it was named; undefined for folders and files. */
        table: found?.name,
        /** Why its columns cannot stand in the results any more: then only `columns=without` can be downloaded. */
        problem: found !== undefined && "problem" in found ? found.problem : undefined,
      });
    })
    .get("/runs/:run/results", runParam, checkedQuery(resultsQuery), async (c) => {
      const run = runOfRequest(study, c.req.valid("param").run);
      const { format: kind, columns } = c.req.valid("query");
      const { table, imageColumn } =
        columns === "with" ? await tableOfRequest(run) : { table: undefined, imageColumn: undefined };
      const { signal } = c.req.raw;
      const format = tableFormatOf(`x.${kind}`, table?.format);
      const spec = await withFreePrefix(run, { format, table, imageColumn, signal });
      const headers = downloadHeaders(`CLIP-Classification-run-${run.id}.${kind}`, mimeTypes[kind]);
      // Nobody would read the rows.
      if (c.req.method === "HEAD") return c.body(null, 200, headers);
      const reader = openReader(study);
      const stream = new PassThrough();
      // A write that waits for the browser would wait for ever.
      signal.addEventListener("abort", () => stream.destroy(), { once: true });
      if (signal.aborted) stream.destroy();
      // What fails on the way breaks the download off, so that no half table looks whole.
      writeResults(reader, run, stream, spec)
        .finally(() => reader.close())
        .then(
          () => stream.end(),
          (error) => stream.destroy(error),
        );
      return c.body(Readable.toWeb(stream) as ReadableStream, 200, headers);
    })
    .get("/runs/:run/overview", runParam, async (c) => {
      const run = runOfRequest(study, c.req.valid("param").run);
      const { signal } = c.req.raw;
      const page = renderOverview(await makeOverview(study, run, { writtenAt: localIso(now()), signal }));
      const headers = downloadHeaders(`CLIP-Classification-run-${run.id}.html`, "text/html; charset=utf-8");
      return c.body(page, 200, headers);
    });

  async function tableOfRequest(run: Run): Promise<Pick<ResultsSpec, "table" | "imageColumn">> {
    if (maybeTableName(study, run) === undefined) return {};
    const found = await maybeTableOfRun(study, run);
    if (found === undefined || "table" in found) return found ?? {};
    throw new RequestError(409, `the table that was classified cannot be used any more: ${found.problem}`, {
      hint: "put it back as it was, or download the results without its columns",
    });
  }
}

/**
 * A connection of its own: its rows are read for as long as the browser takes, while verdicts are written by the other one.
 * @throws UserError when another database lies there by now
 */
function openReader(study: Study): Study {
  study.requireInPlace();
  const reader = openStudy(study.directory, { mustExist: true });
  try {
    study.requireInPlace();
    return reader;
  } catch (error) {
    reader.close();
    throw error;
  }
}

/** @throws UserError for a table that has every name that Clipbook's columns could have */
async function withFreePrefix(run: Run, spec: ResultsSpec): Promise<ResultsSpec> {
  let failure: unknown;
  for (const columnName of prefixes) {
    try {
      await checkResults(run, undefined, { ...spec, columnName });
      return { ...spec, columnName };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failure ??= error;
    }
  }
  throw failure;
}
