import { Hono } from "hono";
import { z } from "zod";
import { classifyAgain } from "../pipeline/classifyAgain.ts";
import type { Drafts } from "../pipeline/drafts/openDrafts.ts";
import { loadCodebook } from "../pipeline/loadCodebook.ts";
import { checkedJson, checkedParam, checkedQuery, wholeNumber } from "./checkedInput.ts";
import { draftSchema } from "./draftSchema.ts";
import { RequestError } from "./requestError.ts";
import { runOfRequest } from "./runOfRequest.ts";
import type { ServerContext } from "./serverContext.ts";

const draftRequest = z.object({ runId: z.int().optional(), baseText: z.string(), draft: draftSchema });

/** Units of a list that are sent at once, at most. */
const mostAtOnce = 500;

const movesQuery = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  offset: wholeNumber.pipe(z.int().min(0)).optional(),
  limit: wholeNumber.pipe(z.int().min(1).max(mostAtOnce)).optional(),
});

/** A codebook while it is edited, and runs of what was saved. */
export function draftRoutes({ study, phraseEncoder, codebookPath, now }: ServerContext, drafts: Drafts) {
  return new Hono()
    .post("/runs", checkedJson(z.object({ runId: z.int() })), async (c) => {
      const run = runOfRequest(study, c.req.valid("json").runId);
      const codebook = await loadCodebook(codebookPath);
      const { signal } = c.req.raw;
      const made = await classifyAgain({ study, phraseEncoder, run, codebook, clock: now, signal });
      return c.json({ runId: made.id });
    })
    .post("/drafts", checkedJson(draftRequest), async (c) => {
      const { runId, baseText, draft } = c.req.valid("json");
      const run = runId === undefined ? undefined : runOfRequest(study, runId);
      const { signal } = c.req.raw;
      const report = await drafts.report({ run, baseText, draft, signal }).catch((error) => {
        // Whoever asked has made another edit meanwhile and does not listen any more.
        if (signal.aborted) throw new RequestError(410, "the request was withdrawn");
        throw error;
      });
      return c.json(report);
    })
    .get(
      "/drafts/:draftId/moves",
      checkedParam(z.object({ draftId: z.string() })),
      checkedQuery(movesQuery),
      (c) => {
        const { offset = 0, limit = 100, ...names } = c.req.valid("query");
        const moves = drafts.maybeMoves(c.req.valid("param").draftId, { ...names, offset, limit });
        if (moves !== undefined) return c.json(moves);
        throw new RequestError(404, "the server does not know this draft any more", {
          hint: "edit something, or reload the page",
        });
      },
    );
}
