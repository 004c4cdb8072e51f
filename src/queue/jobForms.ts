import { z } from "zod";
import { views } from "../images/viewGeometry.ts";

// What goes through Redis. Whoever reaches it can write anything there, so both sides check what they read.

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Below its root: no step up, no absolute path. */
const relativePath = z
  .string()
  .min(1)
  .max(8192)
  .refine((path) => !path.startsWith("/") && !path.split("/").includes(".."), "leads out of its root");

const unitForm = z.strictObject({
  /** Of the image's file: what is read must have it. */
  sha256,
  sizeBytes: z.int().nonnegative(),
  /** A name that each machine has its own folder or address for. */
  root: z.string().max(64),
  /** Relative to the root, with `/`; `archive.zip!/entry` inside an archive. */
  path: relativePath,
});

/** A batch of images to be embedded. */
export const jobForm = z.strictObject({
  /** The encoder's identity: a digest over the digests of all its files. */
  encoder: sha256,
  view: z.enum(views),
  maxPixels: z.number().positive(),
  units: z.array(unitForm).min(1).max(1024),
});

const outcomeForm = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("embedded"),
    format: z.string().max(64),
    widthPx: z.int().positive(),
    heightPx: z.int().positive(),
    warning: z.string().max(4096).optional(),
  }),
  /** The picture cannot be decoded, whoever tries. */
  z.strictObject({
    kind: z.literal("failed"),
    code: z.string().max(64),
    sentence: z.string().max(4096),
  }),
  /** This worker could not read the file that was meant; another one may. */
  z.strictObject({
    kind: z.literal("unreachable"),
    code: z.string().max(64),
    sentence: z.string().max(4096),
  }),
]);

/** What came of a job, unit by unit in its order. */
export const resultForm = z.strictObject({
  job: z.string().max(64),
  worker: z.string().max(128),
  outcomes: z.array(outcomeForm).min(1).max(1024),
  /** Unit-length float32 vectors of those that were embedded, little endian, base64. */
  vectors: z.string(),
});

export type QueueJob = z.infer<typeof jobForm>;
export type JobUnit = z.infer<typeof unitForm>;
export type JobResult = z.infer<typeof resultForm>;
export type UnitResult = z.infer<typeof outcomeForm>;
