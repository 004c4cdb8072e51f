import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import { scorings } from "../classify.ts";
import { views } from "../images/viewGeometry.ts";
import { expandHome } from "../model/cacheHome.ts";
import { precisions } from "../model/registeredModel.ts";
import { indexingDefaults } from "../pipeline/indexing/indexingDefaults.ts";
import type { Indexing } from "../pipeline/indexing/indexingJob.ts";
import { type IndexingState, isUnderWay } from "../pipeline/indexing/indexingState.ts";
import { checkedJson } from "./checkedInput.ts";
import { describeError, type ErrorBody } from "./describeError.ts";
import { localFolders } from "./localFolders.ts";
import { RequestError } from "./requestError.ts";
import type { ServerContext } from "./serverContext.ts";
import { streamChanges } from "./streamChanges.ts";

/** Longer than the path of any file, and more names than a command line takes. */
const longestName = 8_192;
const mostInputs = 10_000;

/** Tabs that can follow the job at once; a browser opens no more than six connections to a server anyway. */
const mostStreams = 64;

// No system takes a name with NUL in it.
const text = z
  .string()
  .min(1)
  .max(longestName)
  .regex(/^[^\0]*$/, "has the character NUL in it");
const specSchema = z.strictObject({
  inputs: z.array(text).min(1, "name at least one folder, file, table or archive").max(mostInputs),
  model: text,
  precision: z.enum(precisions),
  view: z.enum(views).optional(),
  scoring: z.enum(scorings),
  imageColumn: text.optional(),
  truncate: z.boolean().optional(),
  followOutside: z.boolean().optional(),
  logitScale: z.number().positive().optional(),
  logitBias: z.number().optional(),
  maxMegapixels: z.number().positive().optional(),
});

/** A job as the app is told of it; the events bring the failures apart, because they are long and change rarely. */
export interface IndexingAnswer extends Omit<IndexingState, "error" | "failures"> {
  readonly isUnderWay: boolean;
  readonly error: ErrorBody | undefined;
}

/** Starting, watching, pausing and stopping the indexing of images, and what a new job begins with. */
export function indexingRoutes(context: ServerContext) {
  const { study, codebookPath, model: named, indexing, environment } = context;
  const folders = localFolders(context);
  let streams = 0;
  const onEnd = () => {
    streams -= 1;
  };
  const state = () => wholeAnswer(indexing, folders);
  return new Hono()
    .get("/indexing", (c) => c.json(state()))
    .get("/indexing/defaults", async (c) =>
      c.json(await indexingDefaults(study, { codebookPath, model: named, environment })),
    )
    .get("/indexing/events", (c) => {
      // Nobody would read what follows, nor end it.
      if (c.req.method === "HEAD") return c.body(null, 200, { "Content-Type": "text/event-stream" });
      if (streams >= mostStreams) {
        throw new RequestError(503, "too many tabs follow this study", { hint: "close some of them" });
      }
      streams += 1;
      return followIndexing(c, indexing, { folders, onEnd });
    })
    .post("/indexing", checkedJson(specSchema), async (c) => {
      if (indexing.isBusy()) {
        throw new RequestError(409, "images are being added already", {
          hint: "wait until that is done, or stop it",
        });
      }
      const { inputs, model, ...spec } = c.req.valid("json");
      // No shell has done this before.
      const expanded = (path: string) => expandHome(path, environment);
      await indexing.start({ ...spec, inputs: inputs.map(expanded), model: expanded(model) });
      return c.json(state());
    })
    .post("/indexing/pause", (c) => {
      requireDone(indexing.pause(), "nothing is running that could pause");
      return c.json(state());
    })
    .post("/indexing/resume", (c) => {
      requireDone(indexing.resume(), "nothing is paused");
      return c.json(state());
    })
    .post("/indexing/stop", (c) => {
      requireDone(indexing.stop(), "nothing is under way");
      return c.json(state());
    });
}

/** Another tab may have been faster. @throws RequestError 409 */
function requireDone(isDone: boolean, otherwise: string): void {
  if (!isDone) throw new RequestError(409, otherwise);
}

function answerOf(state: IndexingState, folders: readonly string[]): IndexingAnswer {
  const { error, failures: _, ...rest } = state;
  const told = error === undefined ? undefined : describeError(error, { folders }).body;
  return { ...rest, isUnderWay: isUnderWay(state), error: told };
}

function wholeAnswer(indexing: Indexing, folders: readonly string[]) {
  const state = indexing.state();
  return { ...answerOf(state, folders), failures: state.failures };
}

/** Events `failures` (the list) and `state` (all else): both at once, then after every change. */
function followIndexing(
  c: Context,
  indexing: Indexing,
  { folders, onEnd }: { readonly folders: readonly string[]; readonly onEnd: () => void },
) {
  return streamSSE(c, async (stream) => {
    let sent: IndexingState["failures"] | undefined;
    const send = async () => {
      const state = indexing.state();
      if (state.failures !== sent) {
        sent = state.failures;
        await stream.writeSSE({ event: "failures", data: JSON.stringify(sent) });
      }
      await stream.writeSSE({
        event: "state",
        data: JSON.stringify(answerOf(state, folders)),
        retry: retryMs,
      });
    };
    await streamChanges(stream, indexing, send).finally(onEnd);
  });
}

/** After so long a browser that lost the connection tries again. */
const retryMs = 1_000;
