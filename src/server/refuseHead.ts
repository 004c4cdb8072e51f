import type { MiddlewareHandler } from "hono";

/** Refuses requests for the head alone, where each answer is counted as a look at what it says. */
export const refuseHead: MiddlewareHandler = async (c, next) => {
  if (c.req.raw.method === "HEAD") return c.body(null, 405, { Allow: "GET" });
  return next();
};
