import type { MiddlewareHandler } from "hono";
import { RequestError } from "./requestError.ts";

/** Methods that some route has. */
const methods = ["GET", "HEAD", "POST", "PUT"];

/** Longest address, in characters: more than any screen's state takes, which stands in it. */
export const longestAddress = 8_192;

/** Refuses methods that no route has, preflights of other sites above all, and addresses that no page has made. */
export const requireUsual: MiddlewareHandler = async (c, next) => {
  if (!methods.includes(c.req.method)) {
    c.header("Allow", methods.join(", "));
    throw new RequestError(405, "this method is not answered");
  }
  if (c.req.url.length > longestAddress) {
    throw new RequestError(414, `the address is longer than ${longestAddress} characters`);
  }
  return next();
};
