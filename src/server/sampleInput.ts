import { z } from "zod";
import { samplePurposes } from "../validation/sampleSpec.ts";
import { wholeNumber } from "./checkedInput.ts";

const count = z.int().max(1_000_000_000);

/** What of a design was asked for; the rest is suggested. */
const design = z.strictObject({
  kind: z.enum(["simple", "stratified", "split", "uncertainty"]).optional(),
  size: count.min(1).optional(),
  floor: count.min(0).optional(),
  least: z.number().gt(0).max(1).optional(),
});

const exclusions = z.strictObject({
  samples: z.array(z.string().max(1000)).max(1000).readonly(),
  reviewed: z.boolean(),
  examples: z.boolean(),
});

/** A sample that is planned. */
export const planBody = z.strictObject({
  runId: z.int().min(1),
  purpose: z.enum(samplePurposes),
  design,
  exclusions,
  assumedPrecision: z.number().gt(0).max(1).optional(),
});

/** A sample that is to be drawn. */
export const drawBody = z.strictObject({
  runId: z.int().min(1),
  name: z.string().max(1000),
  purpose: z.enum(samplePurposes).exclude(["training"]),
  design,
  seed: z.int().min(0),
  isSealed: z.boolean(),
  exclusions,
});

/** A training round, whose right answers a sample's coders gave, or the codebook's examples are. */
export const trainingBody = z.strictObject({
  runId: z.int().min(1),
  name: z.string().max(1000),
  /** A sample's name; null: the examples. */
  from: z.string().max(1000).nullable(),
  size: count.min(1).optional(),
  passMark: z.number().gt(0).max(1),
  seed: z.int().min(0),
});

/** A run that is final. */
export const freezeBody = z.strictObject({ runId: z.int().min(1) });

/** Which run is asked about. */
export const freezesQuery = z.strictObject({ run: wholeNumber.optional() });
