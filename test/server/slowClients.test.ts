import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ServerLimits, serverLimits } from "../../src/server/serverLimits.ts";
import { startServer } from "../../src/server/startServer.ts";
import { rawRequest } from "./rawRequest.ts";

/** Larger than what the system keeps for a connection. */
const largeAnswer = new Uint8Array(16_000_000);

/** A server with a short answer, a large one, and one that comes late. */
async function start(limits: Partial<ServerLimits> = {}) {
  const server = await startServer(
    () => async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/late") await wait(600);
      if (request.method === "POST") await request.text();
      return pathname === "/large" ? new Response(largeAnswer) : new Response("here");
    },
    { hostname: "127.0.0.1", port: 27_000, tryNext: true, limits: { ...serverLimits, ...limits } },
  );
  onTestFinished(() => server.close());
  return server.port;
}

/** A connection that sends this, and reads nothing. */
async function hold(port: number, text: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  socket.pause();
  if (text !== "") socket.write(text);
  return socket;
}

/** Resolves when the server has ended the connection. */
function untilEnded(socket: Socket): Promise<unknown> {
  socket.resume();
  // Not `once`: that rejects when the server resets a connection into which this client still writes.
  return new Promise((resolve) => socket.once("close", resolve));
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
const post = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n";

describe("50 slow clients do not block another one", () => {
  it.for([
    ["say nothing", ""],
    ["begin to send headers", "GET / HTTP/1.1\r\nHost: x\r\nA: "],
    ["begin to send a body", `${post}{`],
    ["read nothing of a large answer", get("/large")],
  ] as const)("that %s", async ([, text]) => {
    const port = await start();
    const slow = await Promise.all(Array.from({ length: 50 }, () => hold(port, text)));
    expect(await rawRequest(port, get("/"))).toMatchObject({ status: 200, body: "here" });
    expect(slow.filter(({ destroyed }) => destroyed)).toEqual([]);
  });
});

describe("a client is given up", () => {
  const soon = { headersMs: 200, requestMs: 200, checkMs: 50 };

  it.for([
    ["says nothing", ""],
    ["does not end its headers", "GET / HTTP/1.1\r\nHost: x\r\nA: "],
    ["does not end its body", `${post}{`],
  ] as const)("that %s", async ([, text]) => {
    await untilEnded(await hold(await start(soon), text));
  });

  it.for([
    ["headers", "GET / HTTP/1.1\r\nHost: x\r\nA: "],
    ["a body", `${post}{`],
  ] as const)("that sends %s by single bytes", async ([, text]) => {
    const socket = await hold(await start(soon), text);
    const dripping = setInterval(() => socket.write("x"), 20);
    await untilEnded(socket).finally(() => clearInterval(dripping));
  });

  it("that takes nothing of its answer", async () => {
    const port = await start({ stalledMs: 200 });
    const socket = await hold(port, get("/large"));
    await wait(1_000);
    let received = 0;
    socket.on("data", ({ length }: Buffer) => {
      received += length;
    });
    await untilEnded(socket);
    expect(received).toBeGreaterThan(0);
    expect(received).toBeLessThan(largeAnswer.length);
  });

  it("but not one whose answer takes long to compute, or that reads on", async () => {
    const port = await start({ stalledMs: 200, ...soon });
    expect(await rawRequest(port, get("/late"))).toMatchObject({ status: 200, body: "here" });
    const socket = await hold(port, get("/large"));
    let received = 0;
    socket.on("data", ({ length }: Buffer) => {
      received += length;
    });
    await untilEnded(socket);
    expect(received).toBeGreaterThan(largeAnswer.length);
  });
});

describe("limits", () => {
  it("leave a connection beyond the last one without an answer, and the others as they are", async () => {
    const port = await start({ connections: 3, headersMs: 600_000, requestMs: 600_000 });
    const held = await Promise.all([1, 2, 3].map(() => hold(port, "")));
    await untilEnded(await hold(port, ""));
    held[0]?.destroy();
    await expect.poll(() => rawRequest(port, get("/")).then(({ status }) => status)).toBe(200);
  });

  it("refuse too many headers, too large ones, and what is no request", async () => {
    const port = await start();
    const withHeaders = (count: number, value: string) =>
      `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${Array.from({ length: count }, (_, i) => `A${i}: ${value}\r\n`).join("")}\r\n`;
    expect(await rawRequest(port, withHeaders(98, "x"))).toMatchObject({ status: 200 });
    expect(await rawRequest(port, withHeaders(99, "x"))).toMatchObject({ status: 431, body: "" });
    expect(await rawRequest(port, withHeaders(1, "x".repeat(17_000)))).toMatchObject({ status: 431 });
    for (const odd of [
      "hello\r\n\r\n",
      "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
      "\u0016\u0003\u0001\u0002\u0000\r\n\r\n",
    ])
      expect(await rawRequest(port, odd)).toMatchObject({ status: 400, body: "" });
    for (const both of [
      "Content-Length: 3\r\nTransfer-Encoding: chunked",
      "Content-Length: 3\r\nContent-Length: 4",
    ])
      expect(await rawRequest(port, `POST / HTTP/1.1\r\nHost: x\r\n${both}\r\n\r\nabc`)).toMatchObject({
        status: 400,
      });
  });

  it("are what the server has unless a test says otherwise", () => {
    expect(serverLimits).toMatchObject({ connections: 512, headerBytes: 16_384, headers: 100 });
    expect([serverLimits.headersMs, serverLimits.requestMs, serverLimits.stalledMs]).toEqual([
      15_000, 60_000, 60_000,
    ]);
  });
});
