import type { MiddlewareHandler } from "hono";
import { RequestError } from "./requestError.ts";

const json = /^application\/json\s*(;|$)/i;

/**
 * Refuses whatever changes something and is no JSON, also without a body: another site's form can post text and its like without
 * asking, and JSON cannot be posted by a form. What is compressed is not inflated: a few bytes could become gigabytes.
 */
export const requireJson: MiddlewareHandler = async (c, next) => {
  if (c.req.method === "GET" || c.req.method === "HEAD") return next();
  if (!json.test(c.req.header("content-type") ?? "")) {
    throw new RequestError(415, "a request's body has to be JSON", {
      hint: "Content-Type: application/json",
    });
  }
  if (c.req.header("content-encoding") !== undefined) {
    throw new RequestError(415, "a request's body cannot be compressed", {
      hint: "leave out Content-Encoding",
    });
  }
  return next();
};
