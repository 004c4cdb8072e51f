import { Hono } from "hono";
import { z } from "zod";
import { diagnoseRun } from "../pipeline/diagnostics/diagnoseRun.ts";
import type { Diagnostics } from "../pipeline/diagnostics/diagnostics.ts";
import { openRecentlyUsed } from "../pipeline/units/recentlyUsed.ts";
import { checkedParam, checkedQuery, wholeNumber } from "./checkedInput.ts";
import { refuseHead } from "./refuseHead.ts";
import { RequestError } from "./requestError.ts";
import { runOfRequest } from "./runOfRequest.ts";
import type { ServerContext } from "./serverContext.ts";

/** Diagnoses that are kept. */
const mostDiagnoses = 4;

/** How a run's codebook works on its images. What was computed is kept until something is coded, and counts as one look. */
export function diagnosticsRoutes({ study, runVectors, phraseEncoder, now }: ServerContext) {
  const kept = openRecentlyUsed<Diagnostics>(mostDiagnoses);
  /** Of looks that are noted already. */
  const noted = new Set<string>();
  return new Hono()
    .use("/runs/:run/diagnostics", refuseHead)
    .get(
      "/runs/:run/diagnostics",
      checkedParam(z.object({ run: wholeNumber })),
      checkedQuery(z.strictObject({ sample: z.string().min(1).max(2000).optional() })),
      async (c) => {
        const run = runOfRequest(study, c.req.valid("param").run);
        const { sample } = c.req.valid("query");
        const { signal } = c.req.raw;
        const key = JSON.stringify([
          ...[run.id, sample ?? null, study.samples.list().length, study.codings.newestId()],
          study.samples.freezes().at(-1)?.id ?? null,
        ]);
        const make = (making: AbortSignal) =>
          diagnoseRun({
            ...{ study, run, runVectors, phraseEncoder, sample },
            notesLook: !noted.has(key),
            now: now().toISOString(),
            signal: making,
          });
        const found = await kept.get(key, make, signal).catch((error) => {
          // Whoever asked has closed the page meanwhile.
          if (signal.aborted) throw new RequestError(410, "the request was withdrawn");
          throw error;
        });
        noted.add(key);
        // The user may bring the model meanwhile: then there is more to say.
        if ("why" in found.contextLength) kept.forget(key);
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
