import type { Context } from "hono";
import { ImageUnavailable } from "../pipeline/screenImages.ts";
import { RequestError } from "./requestError.ts";

/** What the address of an image stands for never changes. */
const forGood = "private, max-age=31536000, immutable";

/**
 * Answers with a JPEG, which the browser may keep for good; no header names a file.
 * @throws RequestError for an image that cannot be shown
 */
export async function answerJpeg(
  c: Context,
  make: (signal: AbortSignal) => Promise<Uint8Array>,
): Promise<Response> {
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
