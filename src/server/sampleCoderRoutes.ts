import { Hono } from "hono";
import { z } from "zod";
import { addCoder } from "../pipeline/samples/addCoder.ts";
import { followCoders } from "../pipeline/samples/followCoders.ts";
import type { Sample } from "../store/sampleStore.ts";
import { checkedJson, checkedParam, wholeNumber } from "./checkedInput.ts";
import { RequestError } from "./requestError.ts";
import type { ServerContext } from "./serverContext.ts";

const ofSample = checkedParam(z.object({ sampleId: wholeNumber }));
const coderBody = z.strictObject({ coder: z.string().max(1000), role: z.enum(["coder", "adjudicator"]) });

/** Who codes a sample, their links, and how far they are: for the researcher, never for a coder. */
export function sampleCoderRoutes({ study, now }: ServerContext) {
  const sampleOf = (sampleId: number): Sample => {
    const sample = study.samples.list().find(({ id }) => id === sampleId);
    if (sample !== undefined) return sample;
    throw new RequestError(404, `the study has no sample ${sampleId}`, { hint: "choose one of the list" });
  };
  return new Hono()
    .get("/samples/:sampleId/coders", ofSample, (c) => {
      const sample = sampleOf(c.req.valid("param").sampleId);
      return c.json({ coders: followCoders(study, sample) });
    })
    .post("/samples/:sampleId/coders", ofSample, checkedJson(coderBody), (c) => {
      const sample = sampleOf(c.req.valid("param").sampleId);
      const added = addCoder(study, sample, { ...c.req.valid("json"), addedAt: now().toISOString() });
      return c.json({ coder: added, coders: followCoders(study, sample) }, 200);
    });
}
