import { Hono } from "hono";
import type { ServerContext } from "./serverContext.ts";

export function unitRoutes(_: ServerContext) {
  return new Hono();
}
