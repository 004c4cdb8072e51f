import { Hono } from "hono";
import { z } from "zod";
import { answerJpeg } from "./answerJpeg.ts";
import { checkedParam, checkedQuery, wholeNumber } from "./checkedInput.ts";
import type { ServerContext } from "./serverContext.ts";

const image = checkedParam(z.object({ imageId: wholeNumber }));
// `study` keeps apart what browsers remember of two studies that were served on one port.
const ofUnit = { unit: wholeNumber, study: z.string().optional() };
const thumbnailQuery = z.strictObject({ ...ofUnit, px: z.enum(["192", "384"]).transform(Number) });

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
