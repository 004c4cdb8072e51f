import { basename, resolve } from "node:path";
import { Hono } from "hono";
import { z } from "zod";
import { reportNames } from "../pipeline/reportNames.ts";
import { runSettings } from "../pipeline/runSettings.ts";
import { type RunSummary, summariseRun } from "../pipeline/summariseRun.ts";
import { probabilityMeaning } from "../report/probabilityMeaning.ts";
import type { Run } from "../store/runStore.ts";
import { version } from "../version.ts";
import { checkedParam, wholeNumber } from "./checkedInput.ts";
import { runOfRequest } from "./runOfRequest.ts";
import type { ServerContext } from "./serverContext.ts";
import { studyKey } from "./studyKey.ts";

/** The study as a whole, and its runs. */
export function studyRoutes({ study, codebookPath }: ServerContext) {
  // A run never changes.
  const summaries = new Map<number, RunSummary>();
  const summaryOf = (run: Run): RunSummary => {
    const summary = summaries.get(run.id) ?? summariseRun(study, run);
    summaries.set(run.id, summary);
    return summary;
  };
  const key = studyKey(study);
  return new Hono()
    .get("/study", (c) => {
      const runs = study.runs.list().map((run) => ({
        id: run.id,
        startedAt: run.startedAt,
        title: run.codebook.title,
        modelName: run.modelName,
        scoring: run.scoring,
      }));
      return c.json({
        /** Part of the addresses of images. */
        key,
        name: basename(resolve(study.directory)),
        folder: resolve(study.directory),
        codebookFile: resolve(codebookPath),
        clipbookVersion: version,
        /** The oldest first. */
        runs,
      });
    })
    .get("/runs/:run", checkedParam(z.object({ run: wholeNumber })), (c) => {
      const run = runOfRequest(study, c.req.valid("param").run);
      const summary = summaryOf(run);
      return c.json({
        ...summary,
        id: run.id,
        startedAt: run.startedAt,
        completedAt: run.completedAt,
        title: run.codebook.title,
        modelName: run.modelName,
        scoring: run.scoring,
        probabilityKind: run.probabilityKind,
        /** How the run decided, and what its percentages are and are not. */
        probabilityMeaning: probabilityMeaning(run),
        categories: summary.categories.map((category, index) => ({
          ...category,
          description: run.codebook.categories[index]?.description,
          residual: run.codebook.categories[index]?.residual ?? false,
        })),
        /** With whole paths: whoever sees this sees the study's own machine. */
        settings: runSettings(study, run, reportNames(run, true)),
        aboutTheModel:
          run.settings.aboutTheModel === undefined ? undefined : String(run.settings.aboutTheModel),
      });
    });
}
