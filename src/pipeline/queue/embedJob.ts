import { type Embeddings, stackEmbeddings } from "../../embeddings.ts";
import type { Decoders } from "../../images/decoding/openDecoders.ts";
import { ImageFailure } from "../../images/imageFailure.ts";
import type { RenderedView } from "../../images/viewSpec.ts";
import type { Encoder } from "../../model/openEncoder.ts";
import type { JobResult, JobUnit, QueueJob, UnitResult } from "../../queue/jobForms.ts";
import { vectorsToText } from "../../queue/vectorText.ts";
import type { ViewPool } from "../viewPool.ts";
import { type JobReader, Unreachable } from "./openJobReader.ts";

/** Pictures that are decoded, and go through the tower, at once. */
const partSize = 16;

/** What a job is embedded with. */
export interface JobContext {
  readonly encoder: Encoder;
  readonly decoders: Decoders;
  readonly reader: JobReader;
  readonly pool: ViewPool;
  readonly workerId: string;
  readonly signal: AbortSignal;
}

/**
 * Embeds the images of a job.
 * @throws Error for a job of another encoder; UserError for a tower that gives no embeddings; the signal's reason
 */
export async function embedJob(job: QueueJob, context: JobContext): Promise<Omit<JobResult, "job">> {
  const { encoder, workerId, signal } = context;
  if (job.encoder !== encoder.identity) throw new Error(`the job is for another encoder: ${job.encoder}`);
  const outcomes: UnitResult[] = [];
  const vectors: Embeddings[] = [];
  for (let from = 0; from < job.units.length; from += partSize) {
    signal.throwIfAborted();
    const part = job.units.slice(from, from + partSize);
    const made = await Promise.all(part.map((unit) => maybeView(unit, job, context)));
    const views = made.flatMap((one) => ("pixels" in one ? [one.pixels] : []));
    try {
      if (views.length > 0) vectors.push(await encoder.embedViews(views));
    } finally {
      for (const view of views) context.pool.release(view);
    }
    outcomes.push(...made.map((one) => ("pixels" in one ? embedded(one) : one)));
  }
  const text = vectors.length === 0 ? "" : vectorsToText(stackEmbeddings(vectors));
  return { worker: workerId, outcomes, vectors: text };
}

async function maybeView(
  unit: JobUnit,
  { view, maxPixels }: QueueJob,
  { encoder, decoders, reader, pool, signal }: JobContext,
): Promise<RenderedView | UnitResult> {
  try {
    const rendered = await reader.withBytes(
      unit,
      (bytes) => decoders.view(bytes, encoder.viewSpec(view), { maxPixels, signal }),
      signal,
    );
    return { ...rendered, pixels: pool.hold(rendered.pixels) };
  } catch (error) {
    if (error instanceof Unreachable)
      return { kind: "unreachable", code: error.code, sentence: error.message };
    if (error instanceof ImageFailure) return { kind: "failed", code: error.code, sentence: error.message };
    throw error;
  }
}

function embedded({ format, widthPx, heightPx, warning }: RenderedView): UnitResult {
  return { kind: "embedded", format, widthPx, heightPx, ...(warning !== undefined && { warning }) };
}
