import { randomBytes } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isErrorCode } from "../errorCode.ts";
import { createApi } from "./createApi.ts";
import { describeError } from "./describeError.ts";
import { type AccessRules, guardAccess, isOpen } from "./guardAccess.ts";
import { localFolders } from "./localFolders.ts";
import { RequestError } from "./requestError.ts";
import { requireJson } from "./requireJson.ts";
import { requireUsual } from "./requireUsual.ts";
import { securityHeaders } from "./securityHeaders.ts";
import type { ServerContext } from "./serverContext.ts";
import { sessionRoutes } from "./sessionRoutes.ts";
import { webFiles } from "./webFiles.ts";

/** What the whole server is made of. */
export interface AppSpec {
  readonly context: ServerContext;
  readonly access: AccessRules;
  /** The folder with the built screens. */
  readonly webFolder: string;
  /** Told of every error that is Clipbook's own fault, with the name by which the answer calls it. */
  readonly onFault?: (error: unknown, fault: string) => void;
}

/** Most bytes of a request's body: a codebook of 1 MB, quoted twice in JSON. */
const maxBodyBytes = 8_000_000;

/**
 * Of one that anybody can send: a coding's note and category take less, each character spelt out. Bodies lie in memory before they are
 * looked at, and every user of the machine could fill it.
 */
const maxOpenBodyBytes = 131_072;

/** The server as one function from request to response; nothing listens yet. */
export function createApp({ context, access, webFolder, onFault }: AppSpec) {
  const app = new Hono();
  const folders = localFolders(context);
  app.use(securityHeaders);
  app.use(throwErrors);
  app.use(requireUsual);
  app.use(guardAccess(access));
  app.use(requireJson);
  const [limitBody, limitOpenBody] = [limitOf(maxBodyBytes), limitOf(maxOpenBodyBytes)];
  app.use((c, next) => (isOpen(c) ? limitOpenBody : limitBody)(c, next));
  app.route("/api", sessionRoutes(access.keys));
  app.route("/api", createApi(context));
  app.all("/api/*", () => {
    throw new RequestError(404, "there is nothing at this address");
  });
  app.get("*", webFiles(webFolder));
  app.notFound((c) => c.json({ error: "there is nothing at this address" }, 404));
  app.onError((error, c) => {
    const fault = randomBytes(4).toString("hex");
    const { status, body } = describeError(error, { folders, fault });
    if (status === 500 && !isOfAbort(error, c.req.raw.signal)) onFault?.(error, fault);
    return c.json(body, status as 400);
  });
  return app;
}

function limitOf(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new RequestError(413, `the request is larger than ${maxSize} bytes`);
    },
  });
}

/** Hono's `onError` is for errors only; a request that its client gave up is aborted with a text. */
const throwErrors: MiddlewareHandler = async (_, next) => {
  try {
    await next();
  } catch (thrown) {
    throw thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
  }
};

/** Whether work ended because nobody waits for its answer any more. */
function isOfAbort(error: Error, signal: AbortSignal): boolean {
  // Node's own error where the client ends its request within the body.
  if (isErrorCode(error, "ECONNRESET") && error.message === "aborted") return true;
  return (
    signal.aborted && [error, error.cause].some((cause) => cause === signal.reason || isAbortError(cause))
  );
}

function isAbortError(cause: unknown): boolean {
  return cause instanceof Error && cause.name === "AbortError";
}
