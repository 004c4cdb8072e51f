import { preprocessingVersion } from "../../src/model/openEncoder.ts";
import type { QueueSession, WorkerBeat } from "../../src/queue/sessionForm.ts";
import { version } from "../../src/version.ts";

/** A session that this Clipbook would work for, if it had the model. */
export function soundSession(changes: Partial<QueueSession> = {}): QueueSession {
  return {
    id: "0123456789abcdef",
    clipbookVersion: version,
    preprocessingVersion,
    study: "posters",
    coordinator: "17@desk",
    encoder: { identity: "cd".repeat(32), model: "own-model", precision: "float32", files: [] },
    view: "center",
    maxPixels: 1e8,
    roots: ["archive"],
    lockMs: 30_000,
    ...changes,
  };
}

/** A worker's first sign of life. */
export function soundBeat(changes: Partial<WorkerBeat> = {}): WorkerBeat {
  const beat = { beat: 0, embedded: 0, failed: 0, reference: "" };
  return { id: "1-ab", name: "1@one", isLocal: false, ...beat, ...changes };
}
