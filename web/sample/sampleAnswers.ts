import type { InferResponseType } from "hono/client";
import type { api } from "../api.ts";

/** A sample with its coders, as the server tells it. */
export type ListedSample = InferResponseType<typeof api.samples.$get, 200>["samples"][number];

/** What a sample would be and tell. */
export type PlanAnswer = InferResponseType<typeof api.samples.plan.$post, 200>;

/** Another sample with images of a planned or drawn one. */
export type ListedOverlap = PlanAnswer["overlaps"][number];

/** A sample's coder with how far they are. */
export type ListedCoder = ListedSample["coders"][number];

/** What is told of a sample that was just drawn. */
export interface DrawnNews {
  readonly overlaps: readonly ListedOverlap[];
  /** Names of examples that a training round could not take. */
  readonly unusable: readonly string[];
}
