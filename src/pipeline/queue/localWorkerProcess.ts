import { createInterface } from "node:readline";
import { UserError } from "../../errors.ts";
import type { LocalWorkerEnd, LocalWorkerOrder } from "./localWorker.ts";
import { workOnQueue } from "./workOnQueue.ts";

// The entry of a coordinator's own worker: a process, so that what ends it does not end the coordinator.

// In a terminal Ctrl-C goes to all processes; when this one ends is for its parent to say.
process.on("SIGINT", () => undefined);
const stop = new AbortController();
const lines = createInterface({ input: process.stdin });
// The parent wants no more, or is gone itself.
lines.on("close", () => stop.abort(new Error("the coordinator has ended")));
const first = await new Promise<string | undefined>((resolve) => {
  lines.once("line", resolve);
  lines.once("close", () => resolve(undefined));
});
if (first !== undefined) {
  const { address, roots, session, model, threads } = JSON.parse(first) as LocalWorkerOrder;
  let end: LocalWorkerEnd;
  try {
    await workOnQueue({
      address,
      roots,
      ownSession: session,
      models: [model],
      threads,
      environment: process.env,
      signal: stop.signal,
    });
    end = { kind: "done" };
  } catch (error) {
    end =
      error instanceof UserError
        ? { kind: "refused", message: error.message, hint: error.hint }
        : { kind: "fault", message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.stdout.write(`${JSON.stringify(end)}\n`);
  process.stdin.destroy();
}
