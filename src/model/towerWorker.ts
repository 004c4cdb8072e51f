import { parentPort, workerData } from "node:worker_threads";
import { UserError } from "../errors.ts";
import { openGraph, type Side, type TowerFeeds, type TowerOutput } from "./openGraph.ts";

/** What a tower's worker thread is started with. */
export interface TowerWorkerData {
  readonly path: string;
  readonly sides: readonly Side[];
  readonly threads: number;
  /** Whether the graph has products in int8. */
  readonly isInt8: boolean;
}

/** One batch for a worker, or its end. */
export type TowerRequest = { readonly id: number; readonly feeds: TowerFeeds; readonly side: Side } | "end";

/** A worker's answer: first to its opening (id 0), then to every request. */
export type TowerAnswer =
  | { readonly id: number; readonly output: TowerOutput | undefined }
  | { readonly id: number; readonly failure: TowerFailure };

/** An error on its way between threads, which know no classes of ours. */
export interface TowerFailure {
  readonly error: unknown;
  /** Set for a UserError, whose hint it holds. */
  readonly user: { readonly hint: string | undefined } | undefined;
}

// The entry of the worker thread; as a module it exports types only.
if (parentPort !== null) await serve(parentPort, workerData as TowerWorkerData);

async function serve(port: NonNullable<typeof parentPort>, data: TowerWorkerData): Promise<void> {
  const answer = (message: TowerAnswer) => port.postMessage(message);
  const opening = openGraph(data.path, data.sides, data.threads, data.isInt8);
  opening.then(
    () => answer({ id: 0, output: undefined }),
    (error) => answer({ id: 0, failure: toFailure(error) }),
  );
  port.on("message", (request: TowerRequest) => {
    if (request === "end") {
      // A thread that merely stops leaves the graph's memory behind. One that could not be opened has none.
      opening
        .then((graph) => graph.close())
        .catch(() => undefined)
        .finally(() => port.close());
      return;
    }
    const { id, feeds, side } = request;
    opening
      .then((graph) => graph.run(feeds, side))
      .then(
        (output) => answer({ id, output }),
        (error) => answer({ id, failure: toFailure(error) }),
      );
  });
}

function toFailure(error: unknown): TowerFailure {
  return { error, user: error instanceof UserError ? { hint: error.hint } : undefined };
}
