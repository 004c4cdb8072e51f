import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import type { ErrorBody } from "./describeError.ts";
import { securityHeaderValues } from "./securityHeaders.ts";
import { type ServerLimits, serverLimits } from "./serverLimits.ts";

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** Answers what was asked already, if that takes no longer than a moment, and ends all connections, also idle ones. */
  close(): Promise<void>;
}

/** The app, as one function. */
type Fetch = (request: Request) => Response | Promise<Response>;

/** Ports that are tried, from the first one on, unless the user named one. */
const portsTried = 50;

/** So long a request that is being answered may hold up the end. */
const graceMs = 400;

/**
 * Listens on the port, or with `tryNext` on the next one that is free.
 * @param createFetch makes the app, which has to know its port
 * @throws UserError for a port or an address that cannot be had
 */
export async function startServer(
  createFetch: (port: number) => Fetch,
  {
    hostname,
    port,
    tryNext,
    limits = serverLimits,
  }: {
    readonly hostname: string;
    readonly port: number;
    readonly tryNext: boolean;
    readonly limits?: ServerLimits;
  },
): Promise<RunningServer> {
  const last = tryNext ? Math.min(65_535, port + portsTried - 1) : port;
  for (let candidate = port; candidate <= last; candidate++) {
    const { fetch, settled } = counted(createFetch(candidate));
    const server = await listen(fetch, { hostname, port: candidate, limits }).catch((cause) => {
      if (isErrorCode(cause, "EADDRINUSE") && candidate < last) return undefined;
      throw cannotListen(hostname, candidate, cause, tryNext);
    });
    if (server !== undefined) return { port: candidate, close: () => close(server, settled) };
  }
  throw new RangeError("no port was tried");
}

/** The same app, which knows when it has answered everything. */
function counted(fetch: Fetch): { readonly fetch: Fetch; readonly settled: () => Promise<unknown> } {
  const answering = new Set<Promise<Response>>();
  return {
    fetch: (request) => {
      const answer = fetch(request);
      if (!(answer instanceof Promise)) return answer;
      answering.add(answer);
      const forget = () => answering.delete(answer);
      answer.then(forget, forget);
      return answer;
    },
    settled: () => Promise.allSettled(answering),
  };
}

function listen(
  fetch: Fetch,
  {
    hostname,
    port,
    limits,
  }: { readonly hostname: string; readonly port: number; readonly limits: ServerLimits },
): Promise<Server> {
  // Requests whose address or host cannot be read come to no app.
  const answer = getRequestListener(fetch, { hostname, errorHandler: () => unreadable() });
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    // Node would leave out those beyond its limit, which may be the ones that count.
    if (request.rawHeaders.length <= 2 * limits.headers) void answer(request, response);
    else
      response.writeHead(431, { ...securityHeaderValues, Connection: "close", "Content-Length": "0" }).end();
  };
  return new Promise((resolve, reject) => {
    const server = createServer(
      {
        // A request without a Host gets the app's own refusal.
        requireHostHeader: false,
        maxHeaderSize: limits.headerBytes,
        headersTimeout: limits.headersMs,
        requestTimeout: limits.requestMs,
        connectionsCheckingInterval: limits.checkMs,
      },
      listener,
    );
    server.maxConnections = limits.connections;
    server.maxHeadersCount = 0;
    giveUpStalled(server, limits);
    // Nobody is connected to anything through this server.
    server.on("connect", (_, socket) =>
      socket.end("HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n"),
    );
    server.once("error", reject);
    server.listen(port, hostname, () => resolve(server));
  });
}

/** Ends connections whose client takes nothing of its answer; one that waits for a long computation has nothing to take. */
function giveUpStalled(server: Server, { stalledMs }: ServerLimits): void {
  server.setTimeout(stalledMs, (socket) => {
    if (socket.writableLength > 0) socket.destroy();
  });
}

function unreadable(): Response {
  const body: ErrorBody = { error: "the request cannot be read" };
  return Response.json(body, { status: 400, headers: { ...securityHeaderValues } });
}

function cannotListen(hostname: string, port: number, cause: unknown, tryNext: boolean): unknown {
  const place = `${hostname}, port ${port}`;
  if (isErrorCode(cause, "EADDRINUSE")) {
    return new UserError(`${place}: another program listens there`, {
      hint: tryNext
        ? "give a --port that is free"
        : "leave out --port for the next free one, or give another one",
      cause,
    });
  }
  if (isErrorCode(cause, "EACCES")) {
    return new UserError(`${place}: the system does not allow it`, {
      hint: "give a --port above 1023",
      cause,
    });
  }
  if (isErrorCode(cause, "EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN", "EAFNOSUPPORT", "EINVAL")) {
    return new UserError(`${hostname}: this machine has no such address`, {
      hint: "leave out --host, or give 0.0.0.0 for all of this machine's addresses",
      cause,
    });
  }
  return cause;
}

async function close(server: Server, settled: () => Promise<unknown>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await within(graceMs, closed);
  server.closeAllConnections();
  await closed;
  // What nobody waits for any more may be at work on the study still.
  await within(graceMs, settled());
}

/** Waits for work, but not longer than a time. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const late = wait(ms, undefined, { signal: done.signal }).catch(() => undefined);
  await Promise.race([work, late]);
  done.abort();
}
