import { Hono } from "hono";
import { z } from "zod";
import { diagnoseRun } from "../pipeline/diagnostics/diagnoseRun.ts";
import { checkedParam, checkedQuery, wholeNumber } from "./checkedInput.ts";
import { RequestError } from "./requestError.ts";
import { runOfRequest } from "./runOfRequest.ts";
import type { ServerContext } from "./serverContext.ts";

/** How a run's codebook works on its images. */
export function diagnosticsRoutes({ study, runVectors, phraseEncoder, now }: ServerContext) {
  return new Hono().get(
    "/runs/:run/diagnostics",
    checkedParam(z.object({ run: wholeNumber })),
    checkedQuery(z.strictObject({ sample: z.string().min(1).max(2000).optional() })),
    async (c) => {
      const run = runOfRequest(study, c.req.valid("param").run);
      const { sample } = c.req.valid("query");
      const { signal } = c.req.raw;
      const found = await diagnoseRun({
        study,
        run,
        runVectors,
        phraseEncoder,
        sample,
        now: now().toISOString(),
        signal,
      }).catch((error) => {
        // Whoever asked has closed the page meanwhile.
        if (signal.aborted) throw new RequestError(410, "the request was withdrawn");
        throw error;
      });
      // The app draws the similarities of the draft, which may be another codebook by now.
      const { similarities: _, ...diagnostics } = found;
      return c.json({
        ...diagnostics,
        /** Those that may be named, the newest first. */
        samples: study.samples
          .list()
          .filter(({ isSealed, purpose }) => !isSealed && purpose !== "training")
          .map(({ name, purpose }) => ({ name, purpose }))
          .toReversed(),
      });
    },
  );
}
