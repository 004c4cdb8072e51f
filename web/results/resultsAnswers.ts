import type { InferResponseType } from "hono/client";
import type { api } from "../api.ts";

/** The samples that can be evaluated. */
export type SamplesAnswer = InferResponseType<typeof api.evaluation.samples.$get, 200>;

/** One of them. */
export type SampleAnswer = SamplesAnswer["samples"][number];
