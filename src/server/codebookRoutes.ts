import { Hono } from "hono";
import type { ServerContext } from "./serverContext.ts";

export function codebookRoutes(_: ServerContext) {
  return new Hono();
}
