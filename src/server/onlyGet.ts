import type { MiddlewareHandler } from "hono";

/** Answers HEAD without computing anything: nobody would see it, and looking is counted. */
export const onlyGet: MiddlewareHandler = async (c, next) => {
  if (c.req.method === "HEAD") return c.body(null, 200);
  return next();
};
