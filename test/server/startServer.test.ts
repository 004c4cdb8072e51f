import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { createAccessKeys } from "../../src/server/accessKeys.ts";
import { createApp } from "../../src/server/createApp.ts";
import { startServer } from "../../src/server/startServer.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { rawRequest } from "./rawRequest.ts";
import { contextOf } from "./serveStudy.ts";

const loopback = { hostname: "127.0.0.1", port: 25_000, tryNext: true };

/** Starts a function as a server; it is closed with the test unless that has been done. */
async function start(fetch: (request: Request) => Response | Promise<Response>, options = loopback) {
  const server = await startServer(() => fetch, options);
  onTestFinished(() => server.close());
  return server;
}

/** Another program on a port that is free. */
async function occupy(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { server, port: (server.address() as AddressInfo).port };
}

/** The whole server of a new study. */
async function startApp() {
  const { context, close } = contextOf(temporaryFolder());
  const faults: unknown[] = [];
  const keys = createAccessKeys();
  const server = await startServer(
    (port) =>
      createApp({
        context,
        access: { hosts: [`127.0.0.1:${port}`], keys },
        webFolder: join(packageRoot, "dist/web"),
        onFault: (error) => faults.push(error),
      }).fetch,
    loopback,
  );
  onTestFinished(async () => {
    await server.close();
    await close();
    expect(faults).toEqual([]);
  });
  return { port: server.port, context, token: `X-Clipbook-Token: ${keys.token}` };
}

describe("a port", () => {
  it("is the next one that is free", async () => {
    const { port } = await occupy();
    const server = await start(() => new Response("here"), { ...loopback, port });
    expect(server.port).toBeGreaterThan(port);
    expect(await (await fetch(`http://127.0.0.1:${server.port}/`)).text()).toBe("here");
  });

  it("that the user named has to be free", async () => {
    const { port } = await occupy();
    const taken = startServer(() => () => new Response(), { hostname: "127.0.0.1", port, tryNext: false });
    await expect(taken).rejects.toThrow(UserError);
    await expect(taken).rejects.toMatchObject({
      message: `127.0.0.1, port ${port}: another program listens there`,
      hint: expect.stringContaining("leave out --port"),
    });
  });

  it.for(["203.0.113.7", "no-such-host.invalid", "::ffff:203.0.113.7"])(
    "of an address that is not this machine's is refused: %s",
    async (hostname) => {
      const elsewhere = startServer(() => () => new Response(), { ...loopback, hostname });
      await expect(elsewhere).rejects.toMatchObject({
        message: `${hostname}: this machine has no such address`,
        hint: expect.stringContaining("--host"),
      });
    },
  );
});

describe("a request", () => {
  const head = (port: number, line: string, ...headers: readonly string[]) =>
    `${[line, `Host: 127.0.0.1:${port}`, "Connection: close", ...headers].join("\r\n")}\r\n\r\n`;

  it.for([
    ["without a Host in HTTP/1.1", "GET / HTTP/1.1\r\n", 403],
    ["without a Host in HTTP/1.0", "GET / HTTP/1.0\r\n", 403],
    ["with another Host", "GET / HTTP/1.1\r\nHost: evil.example\r\n", 403],
    ["with a Host that is none", "GET / HTTP/1.1\r\nHost: a b\r\n", 400],
    ["with two Hosts", "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\n", 403],
    [
      "with two Hosts, the right one last",
      "GET / HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1:PORT\r\n",
      403,
    ],
    ["for another host than its Host", "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n", 403],
    ["with a backslash", "GET /assets\\x.js HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n", 400],
  ] as const)("%s is refused", async ([, text, status]) => {
    const { port } = await startApp();
    const answer = await rawRequest(
      port,
      `${text.replaceAll("PORT", String(port))}Connection: close\r\n\r\n`,
    );
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ error: expect.any(String) });
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });

  it("that is no HTTP is refused by Node, without a word", async () => {
    const { port } = await startApp();
    for (const text of [
      "GET x HTTP/1.1\r\n\r\n",
      "hello\r\n\r\n",
      `GET / HTTP/1.1\r\nA: ${"a".repeat(100_000)}`,
    ]) {
      const { status, body } = await rawRequest(port, text);
      expect([Math.floor(status / 100), body]).toEqual([4, ""]);
    }
  });

  it("with a body in pieces is read, and refused beyond the limit", async () => {
    const { port, token } = await startApp();
    const chunked = (body: string) => {
      const pieces = body.match(/.{1,60000}/g) ?? [];
      return `${pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join("")}0\r\n\r\n`;
    };
    const post = (body: string) =>
      rawRequest(
        port,
        head(
          port,
          "POST /api/indexing HTTP/1.1",
          token,
          "Content-Type: application/json",
          "Transfer-Encoding: chunked",
        ) + chunked(body),
      );
    const spec = { inputs: ["nowhere"], model: "demo", precision: "float32", scoring: "max" };
    const small = await post(JSON.stringify(spec));
    // It was read: what is missing is the codebook.
    expect([small.status, JSON.parse(small.body).error]).toEqual([
      400,
      "codebook.yaml: there is no such codebook",
    ]);
    const large = await post(JSON.stringify({ ...spec, inputs: ["x".repeat(8_000_000)] }));
    expect([large.status, JSON.parse(large.body)]).toEqual([
      413,
      { error: "the request is larger than 8000000 bytes" },
    ]);
  });

  it("that announces too large a body is refused before that comes", async () => {
    const { port, token } = await startApp();
    const { status } = await rawRequest(
      port,
      head(
        port,
        "POST /api/indexing HTTP/1.1",
        token,
        "Content-Type: application/json",
        "Content-Length: 9000000000",
      ),
    );
    expect(status).toBe(413);
  });

  it("with a body of no type, as a script of another site could send it, is refused", async () => {
    const { port, token } = await startApp();
    const body = '{"inputs":["x"],"model":"demo","precision":"float32","scoring":"max"}';
    const { status } = await rawRequest(
      port,
      head(port, "POST /api/indexing HTTP/1.1", token, `Content-Length: ${body.length}`) + body,
    );
    expect(status).toBe(415);
  });

  it("is aborted when its client goes away", async () => {
    const asked = Promise.withResolvers<Request>();
    const aborted = Promise.withResolvers<void>();
    const { port } = await start(async (request) => {
      asked.resolve(request);
      request.signal.addEventListener("abort", () => aborted.resolve());
      await aborted.promise;
      return new Response();
    });
    const leaving = new AbortController();
    const asking = fetch(`http://127.0.0.1:${port}/`, { signal: leaving.signal });
    await asked.promise;
    leaving.abort();
    await expect(asking).rejects.toThrow();
    await aborted.promise;
  });
});

describe("the end", () => {
  /** A connection that stays open. */
  const hold = async (port: number, text: string): Promise<Socket> => {
    const socket = connect(port, "127.0.0.1");
    await new Promise<void>((resolve) => socket.on("connect", resolve));
    socket.on("error", () => undefined);
    onTestFinished(() => void socket.destroy());
    if (text !== "") {
      socket.write(text);
      await new Promise((resolve) => socket.once("data", resolve));
    }
    return socket;
  };

  it("does not wait for idle connections, silent ones, or streams", async () => {
    const server = await start((request) =>
      request.url.endsWith("/stream")
        ? new Response(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array([65])) }))
        : new Response("here"),
    );
    const host = `Host: 127.0.0.1:${server.port}\r\n\r\n`;
    const sockets = await Promise.all([
      hold(server.port, ""),
      hold(server.port, `GET / HTTP/1.1\r\n${host}`),
      hold(server.port, `GET /stream HTTP/1.1\r\n${host}`),
    ]);
    const ended = sockets.map((socket) => new Promise((resolve) => socket.on("close", resolve)));
    await server.close();
    await Promise.all(ended);
  }, 20_000);

  it("answers what was asked already, if that takes a moment only", async () => {
    const asked = Promise.withResolvers<void>();
    const server = await start(async () => {
      asked.resolve();
      await wait(100);
      return new Response("saved");
    });
    const asking = fetch(`http://127.0.0.1:${server.port}/`);
    await asked.promise;
    await server.close();
    expect(await (await asking).text()).toBe("saved");
  });

  it("gives work that nobody waits for any more a moment, and no more", async () => {
    const asked = Promise.withResolvers<void>();
    let isDone = false;
    const server = await start(async (request) => {
      asked.resolve();
      await new Promise<void>((resolve) => request.signal.addEventListener("abort", () => resolve()));
      await wait(100);
      isDone = true;
      return new Response();
    });
    const asking = fetch(`http://127.0.0.1:${server.port}/`).catch(() => undefined);
    await asked.promise;
    await server.close();
    expect(isDone).toBe(true);
    await asking;
    const never = await start(() => {
      asked.resolve();
      return new Promise<Response>(() => undefined);
    });
    const waiting = fetch(`http://127.0.0.1:${never.port}/`).catch(() => undefined);
    await wait(50);
    await never.close();
    await waiting;
  }, 20_000);
});
