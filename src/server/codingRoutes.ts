import { Hono } from "hono";
import { z } from "zod";
import { giveCoding, shownMember } from "../pipeline/samples/giveCoding.ts";
import { type OwnCoding, showCoding } from "../pipeline/samples/showCoding.ts";
import { longestNote, mostSeconds } from "../validation/codingLimits.ts";
import { answerJpeg } from "./answerJpeg.ts";
import { checkedJson, checkedParam, wholeNumber } from "./checkedInput.ts";
import type { ErrorBody } from "./describeError.ts";
import { RequestError } from "./requestError.ts";
import type { ServerContext } from "./serverContext.ts";

/** The answer to a coding of an image that its coder has coded elsewhere meanwhile. */
export interface CodingConflict extends ErrorBody {
  /** The coding that stands. */
  readonly present: OwnCoding;
  /** The one that was sent, and is not stored. */
  readonly yours: Pick<OwnCoding, "answer" | "value" | "note">;
  /** It cannot be replaced: in a training round the first answer stays. */
  readonly isFinal: boolean;
  /** The right category, in a training round. */
  readonly known: string | null;
}

const codingBody = z.strictObject({
  at: z.int().min(0),
  answer: z.enum(["category", "unsure", "uncodable", "withdrawn"]),
  value: z.string().max(10_000).optional(),
  note: z
    .string()
    .max(longestNote, `the note is longer than ${longestNote} characters`)
    .transform((note) => note.toWellFormed()),
  seconds: z.number().min(0).max(mostSeconds).optional(),
  seen: z.int().min(0),
});

const ofLink = checkedParam(z.object({ link: z.string() }));

/** What a coder's own link leads to; the link is the proof of who asks, and nothing else of the study can be reached by it. */
export function codingRoutes({ study, screenImages, now }: ServerContext) {
  const coderOf = (link: string) => {
    const found = study.samples.maybeByLink(link);
    if (found !== undefined) return found;
    throw new RequestError(404, "this link leads to no sample", {
      hint: "copy the whole link that you were given, or ask for a new one",
    });
  };
  return new Hono()
    .get("/coding/:link", ofLink, (c) => {
      const { sample, coder } = coderOf(c.req.valid("param").link);
      return c.json(showCoding(study, sample, coder));
    })
    .post("/coding/:link/codings", ofLink, checkedJson(codingBody), (c) => {
      const { sample, coder } = coderOf(c.req.valid("param").link);
      const { value, seconds, ...given } = c.req.valid("json");
      const codedAt = now().toISOString();
      const written = giveCoding(study, sample, coder, { ...given, value, seconds, codedAt });
      const known = written.known ?? null;
      if ("added" in written) return c.json({ coding: written.added, known }, 200);
      const conflict: CodingConflict = {
        error: "you have coded this image elsewhere meanwhile",
        hint: written.isFinal ? "the first answer stays" : "choose which of the two is to stand",
        present: written.newer,
        yours: { answer: given.answer, value: value ?? null, note: given.note },
        isFinal: written.isFinal,
        known,
      };
      // The typed client hears of it as of every error.
      return c.json(conflict, 409) as never;
    })
    .get("/coding/:link/images/:at", checkedParam(z.object({ link: z.string(), at: wholeNumber })), (c) => {
      const { link, at } = c.req.valid("param");
      const { sample, coder } = coderOf(link);
      const image = shownMember(study, sample, coder, at);
      return answerJpeg(c, (signal) => screenImages.largeOf(image, signal));
    });
}
