import { basename, resolve } from "node:path";
import { Hono } from "hono";
import { z } from "zod";
import { runSettings } from "../pipeline/runSettings.ts";
import { summariseRun } from "../pipeline/summariseRun.ts";
import { version } from "../version.ts";
import { checkedParam, wholeNumber } from "./checkedInput.ts";
import { runOfRequest } from "./runOfRequest.ts";
import type { ServerContext } from "./serverContext.ts";

/** The study as a whole, and its runs. */
export function studyRoutes({ study, codebookPath }: ServerContext) {
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
      const summary = summariseRun(study, run);
      return c.json({
        ...summary,
        id: run.id,
        startedAt: run.startedAt,
        completedAt: run.completedAt,
        title: run.codebook.title,
        modelName: run.modelName,
        scoring: run.scoring,
        probabilityKind: run.probabilityKind,
        categories: summary.categories.map((category, index) => ({
          ...category,
          description: run.codebook.categories[index]?.description,
          residual: run.codebook.categories[index]?.residual ?? false,
        })),
        settings: runSettings(study, run),
        aboutTheModel:
          run.settings.aboutTheModel === undefined ? undefined : String(run.settings.aboutTheModel),
      });
    });
}
