import { type Context, Hono } from "hono";
import { z } from "zod";
import { ImageUnavailable } from "../pipeline/screenImages.ts";
import { checkedParam, checkedQuery, wholeNumber } from "./checkedInput.ts";
import { RequestError } from "./requestError.ts";
import type { ServerContext } from "./serverContext.ts";

const image = checkedParam(z.object({ imageId: wholeNumber }));
// `study` keeps apart what browsers remember of two studies that were served on one port.
const ofUnit = { unit: wholeNumber, study: z.string().optional() };
const thumbnailQuery = z.strictObject({ ...ofUnit, px: z.enum(["192", "384"]).transform(Number) });

/** What an id stands for never changes. */
const forGood = "private, max-age=31536000, immutable";

/** The images of units, by id: no request ever names a path. */
export function imageRoutes({ screenImages }: ServerContext) {
  return new Hono()
    .get("/images/:imageId/thumbnail", image, checkedQuery(thumbnailQuery), (c) => {
      const { imageId } = c.req.valid("param");
      const { unit, px } = c.req.valid("query");
      return answerJpeg(c, (signal) => screenImages.thumbnailOf({ imageId, unitId: unit }, px, signal));
    })
    .get("/images/:imageId/large", image, checkedQuery(z.strictObject(ofUnit)), (c) => {
      const { imageId } = c.req.valid("param");
      const { unit } = c.req.valid("query");
      return answerJpeg(c, (signal) => screenImages.largeOf({ imageId, unitId: unit }, signal));
    });
}

/** @throws RequestError for an image that cannot be shown */
async function answerJpeg(c: Context, make: (signal: AbortSignal) => Promise<Uint8Array>): Promise<Response> {
  const { signal } = c.req.raw;
  try {
    const jpeg = await make(signal);
    return c.body(new Uint8Array(jpeg), 200, { "Content-Type": "image/jpeg", "Cache-Control": forGood });
  } catch (error) {
    // Nobody reads this answer any more.
    if (signal.aborted) return c.body(null, 204);
    if (!(error instanceof ImageUnavailable)) throw error;
    throw new RequestError(statuses[error.reason], error.message, {
      hint: hints[error.reason],
      cause: error,
    });
  }
}

const statuses = { unknown: 404, gone: 410, forbidden: 403 } as const;

const hints = {
  unknown: "reload the page: the study may be another one by now",
  gone: "its classification stays; put the file back to see it",
  forbidden: "change the file's rights to see it",
} as const;
