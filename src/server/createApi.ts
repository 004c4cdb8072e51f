import { Hono } from "hono";
import { openDrafts } from "../pipeline/drafts/openDrafts.ts";
import { codebookRoutes } from "./codebookRoutes.ts";
import { codingRoutes } from "./codingRoutes.ts";
import { diagnosticsRoutes } from "./diagnosticsRoutes.ts";
import { draftRoutes } from "./draftRoutes.ts";
import { evaluationRoutes } from "./evaluationRoutes.ts";
import { imageRoutes } from "./imageRoutes.ts";
import { indexingRoutes } from "./indexingRoutes.ts";
import { outputRoutes } from "./outputRoutes.ts";
import { reviewRoutes } from "./reviewRoutes.ts";
import { sampleCoderRoutes } from "./sampleCoderRoutes.ts";
import { sampleRoutes } from "./sampleRoutes.ts";
import type { ServerContext } from "./serverContext.ts";
import { studyRoutes } from "./studyRoutes.ts";
import { unitRoutes } from "./unitRoutes.ts";

/** All routes below `/api`. */
export function createApi(context: ServerContext) {
  const drafts = openDrafts(context);
  return new Hono()
    .route("/", studyRoutes(context))
    .route("/", unitRoutes(context))
    .route("/", imageRoutes(context))
    .route("/", reviewRoutes(context))
    .route("/", codebookRoutes(context, drafts))
    .route("/", draftRoutes(context, drafts))
    .route("/", diagnosticsRoutes(context))
    .route("/", outputRoutes(context))
    .route("/", indexingRoutes(context))
    .route("/", codingRoutes(context))
    .route("/", sampleCoderRoutes(context))
    .route("/", sampleRoutes(context))
    .route("/", evaluationRoutes(context));
}

/** What the app's typed client knows of the routes. */
export type Api = ReturnType<typeof createApi>;
