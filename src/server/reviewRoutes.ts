import { Hono } from "hono";
import type { ServerContext } from "./serverContext.ts";

export function reviewRoutes(_: ServerContext) {
  return new Hono();
}
