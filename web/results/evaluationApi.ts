import { hc, type InferResponseType } from "hono/client";
import type { EvaluationApi } from "../../src/server/evaluationRoutes.ts";

/** The server's routes of evaluations, typed. */
export const evaluationApi = hc<EvaluationApi>("/api");

/** The samples that can be evaluated. */
export type SamplesAnswer = InferResponseType<typeof evaluationApi.evaluation.samples.$get, 200>;

/** One of them. */
export type SampleAnswer = SamplesAnswer["samples"][number];
