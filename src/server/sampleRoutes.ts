import { Hono } from "hono";
import { addTrainingRound } from "../pipeline/samples/addTrainingRound.ts";
import { drawStudySample } from "../pipeline/samples/drawStudySample.ts";
import { freezeCodebook } from "../pipeline/samples/freezeCodebook.ts";
import { listSamples, type SampleProgress, sampleProgress } from "../pipeline/samples/listSamples.ts";
import { measureDigest } from "../pipeline/samples/measureDigest.ts";
import { planStudySample } from "../pipeline/samples/planStudySample.ts";
import { readSampleFrame, type StudyFrame } from "../pipeline/samples/readSampleFrame.ts";
import { requireSample } from "../pipeline/samples/requireSample.ts";
import { plannedOverlaps, sampleOverlaps } from "../pipeline/samples/sampleOverlap.ts";
import { openRecentlyUsed } from "../pipeline/units/recentlyUsed.ts";
import { designText } from "../validation/designText.ts";
import { categorySizes } from "../validation/frameStrata.ts";
import { inclusionProbabilities } from "../validation/inclusionProbabilities.ts";
import { completeDesign } from "../validation/suggestDesign.ts";
import { checkedJson, checkedQuery } from "./checkedInput.ts";
import { runOfRequest } from "./runOfRequest.ts";
import { drawBody, freezeBody, freezesQuery, planBody, trainingBody } from "./sampleInput.ts";
import type { ServerContext } from "./serverContext.ts";

/** Frames that are kept: a million images take 24 MB. */
const mostFrames = 2;

/** Samples, their planning and drawing, and the freezing of the codebook: for the researcher, never for a coder. */
export function sampleRoutes({ study, now }: ServerContext) {
  const frames = openRecentlyUsed<StudyFrame>(mostFrames);
  return new Hono()
    .get("/samples", (c) => c.json({ samples: listSamples(study).map(listed) }))
    .post("/samples/plan", checkedJson(planBody), async (c) => {
      const { runId, purpose, design, exclusions, assumedPrecision } = c.req.valid("json");
      const run = runOfRequest(study, runId);
      // A run never changes, but what is left out of it grows; a sample that is named never changes either.
      const key = JSON.stringify([run.id, exclusions, exclusions.reviewed && study.reviews.version()]);
      const frame = await frames.get(key, async () => readSampleFrame(study, run, exclusions));
      const sizes = categorySizes(frame, run.codebook.categories.length);
      const plan = planStudySample(run, frame, completeDesign(purpose, design, sizes), assumedPrecision);
      const names = run.codebook.categories.map(({ name }) => name);
      const inclusion = inclusionProbabilities(frame, plan.design, names.length);
      const overlaps = plannedOverlaps(study, frame, inclusion);
      return c.json({ ...plan, overlaps, designText: designText(plan.design), names });
    })
    .post("/samples", checkedJson(drawBody), (c) => {
      const { runId, ...wanted } = c.req.valid("json");
      const sample = drawStudySample(study, runOfRequest(study, runId), wanted, now().toISOString());
      return c.json({
        sample: listed(sampleProgress(study, sample)),
        overlaps: sampleOverlaps(study, sample),
      });
    })
    .post("/samples/training", checkedJson(trainingBody), (c) => {
      const { runId, name, from, ...spec } = c.req.valid("json");
      const run = runOfRequest(study, runId);
      const { sample, unusable } = addTrainingRound(study, {
        ...spec,
        name,
        from:
          from === null
            ? { examples: true, run }
            : { sample: requireSample(study, from), rule: { kind: "majority" } },
        drawnAt: now().toISOString(),
      });
      return c.json({
        sample: listed(sampleProgress(study, sample)),
        overlaps: sampleOverlaps(study, sample),
        unusable,
      });
    })
    .get("/freezes", checkedQuery(freezesQuery), (c) => {
      const { run: runId } = c.req.valid("query");
      const run = runId === undefined ? undefined : runOfRequest(study, runId);
      const freezes = study.samples.freezes();
      return c.json({
        /** The oldest first. */
        freezes,
        /** Whether the last one is of what decides the answers of the run that was asked for. */
        isOfRun: run !== undefined && freezes.at(-1)?.sha256 === measureDigest(study, run),
      });
    })
    .post("/freeze", checkedJson(freezeBody), (c) => {
      const run = runOfRequest(study, c.req.valid("json").runId);
      return c.json({ freeze: freezeCodebook(study, run, now().toISOString()) });
    });
}

/** A sample with its design in words. */
function listed(sample: SampleProgress) {
  return { ...sample, designText: designText(sample.design.spec) };
}
