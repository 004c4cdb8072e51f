import { Hono } from "hono";
import type { ServerContext } from "./serverContext.ts";

export function indexingRoutes(_: ServerContext) {
  return new Hono();
}
