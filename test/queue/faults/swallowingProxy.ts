import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A line to a Redis that can swallow everything, as a firewall does that has forgotten its connections. */
export interface SwallowingProxy {
  readonly port: number;
  /** From now on nothing comes through, in either direction, and nobody is told. */
  swallow(): void;
  /** New connections come through again; on the old ones nothing ever does. */
  goOn(): void;
  /** Connections that were made through it. */
  connections(): number;
}

/** It ends with the test. */
export async function startSwallowingProxy(redisPort: number): Promise<SwallowingProxy> {
  let isSwallowing = false;
  let connections = 0;
  const sockets = new Set<Socket>();
  const deaf = new Set<Socket>();
  const server = createServer((near) => {
    connections += 1;
    const far = connect(redisPort, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => {
        if (isSwallowing) deaf.add(near);
        if (!deaf.has(near)) to.write(chunk);
      });
      from.on("error", () => undefined);
      from.on("close", () => {
        // Who is deaf hears no farewell either.
        if (!deaf.has(near)) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as { port: number }).port,
    swallow: () => {
      isSwallowing = true;
      for (const socket of sockets) deaf.add(socket);
    },
    goOn: () => {
      isSwallowing = false;
    },
    connections: () => connections,
  };
}
