import type { MiddlewareHandler } from "hono";
import { RequestError } from "./requestError.ts";

const json = /^application\/json\s*(;|$)/i;

/**
 * Refuses bodies that are no JSON: another site's form can post text and its like without asking, and JSON cannot be posted by a
 * form.
 */
export const requireJson: MiddlewareHandler = async (c, next) => {
  const type = c.req.header("content-type");
  const hasBody =
    c.req.header("transfer-encoding") !== undefined || Number(c.req.header("content-length")) > 0;
  const changes = c.req.method !== "GET" && c.req.method !== "HEAD";
  if (changes && (hasBody || type !== undefined) && !json.test(type ?? "")) {
    throw new RequestError(415, "a request's body has to be JSON", {
      hint: "Content-Type: application/json",
    });
  }
  return next();
};
