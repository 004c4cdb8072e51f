import { z } from "zod";
import { views } from "../images/viewGeometry.ts";

/** What a coordinator tells workers about its work. */
export const sessionForm = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** Both have to be the worker's own, to the letter. */
  clipbookVersion: z.string().max(64),
  preprocessingVersion: z.int(),
  /** The study's folder by its last name, for people. */
  study: z.string().max(1024),
  /** `process@machine`. */
  coordinator: z.string().max(512),
  encoder: z.strictObject({
    identity: z.string().regex(/^[0-9a-f]{64}$/),
    /** The registered id or the folder's name. */
    model: z.string().max(1024),
    precision: z.string().max(64),
    files: z.array(z.strictObject({ name: z.string().max(1024), sha256: z.string().max(64) })).max(1024),
  }),
  view: z.enum(views),
  maxPixels: z.number().positive(),
  /** Names of the roots that units may lie under. */
  roots: z.array(z.string().max(64)).max(256),
  /** After so long without a sign of life a worker counts as lost. */
  lockMs: z.int().min(100).max(3_600_000),
});

export type QueueSession = z.infer<typeof sessionForm>;

/** A worker's sign of life. */
export const beatForm = z.strictObject({
  id: z.string().max(128),
  /** `process@machine`. */
  name: z.string().max(512),
  /** Whether the coordinator started it itself. */
  isLocal: z.boolean(),
  /** Goes up with each beat: clocks of different machines are not compared. */
  beat: z.int(),
  /** Images that went through its tower in this session. */
  embedded: z.int(),
  failed: z.int(),
  /** Embeddings of the reference pictures, base64 of float32 `[n, dim]`; empty where they were not made. */
  reference: z.string(),
});

export type WorkerBeat = z.infer<typeof beatForm>;
