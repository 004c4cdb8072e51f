import type { QueueSpec } from "../../src/review/queueSpec.ts";

/** What a review is about, and whose it is. */
export interface ReviewOf {
  readonly runId: number;
  readonly queue: QueueSpec;
  readonly reviewer: string;
}
