import { type ServerType, serve } from "@hono/node-server";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  /** Ends open connections, too. */
  close(): Promise<void>;
}

/** Ports that are tried, from the first one on, unless the user named one. */
const portsTried = 50;

/**
 * Listens on the port, or with `tryNext` on the next one that is free.
 * @param createFetch makes the app, which has to know its port
 * @throws UserError for a port or an address that cannot be had
 */
export async function startServer(
  createFetch: (port: number) => (request: Request) => Response | Promise<Response>,
  {
    hostname,
    port,
    tryNext,
  }: { readonly hostname: string; readonly port: number; readonly tryNext: boolean },
): Promise<RunningServer> {
  const last = tryNext ? port + portsTried - 1 : port;
  for (let candidate = port; candidate <= last; candidate++) {
    const server = await listen(createFetch(candidate), hostname, candidate).catch((cause) => {
      if (isErrorCode(cause, "EADDRINUSE") && candidate < last) return undefined;
      throw cannotListen(hostname, candidate, cause);
    });
    if (server !== undefined) return { port: candidate, close: () => close(server) };
  }
  throw new RangeError("no port was tried");
}

function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  hostname: string,
  port: number,
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname, port }, () => resolve(server));
    server.once("error", reject);
  });
}

function cannotListen(hostname: string, port: number, cause: unknown): unknown {
  const place = `${hostname}, port ${port}`;
  if (isErrorCode(cause, "EADDRINUSE")) {
    return new UserError(`${place}: another program listens there`, {
      hint: "leave out --port, or give another one",
      cause,
    });
  }
  if (isErrorCode(cause, "EACCES")) {
    return new UserError(`${place}: the system does not allow it`, {
      hint: "give a --port above 1023",
      cause,
    });
  }
  if (isErrorCode(cause, "EADDRNOTAVAIL") || isErrorCode(cause, "ENOTFOUND")) {
    return new UserError(`${hostname}: this machine has no such address`, {
      hint: "leave out --host, or give 0.0.0.0 for all of this machine's addresses",
      cause,
    });
  }
  return cause;
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
