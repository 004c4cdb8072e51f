import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";
import { rawRequest } from "./rawRequest.ts";
import { serveStudy } from "./serveStudy.ts";

async function start() {
  const served = await serveStudy(temporaryFolder());
  onTestFinished(async () => {
    await served.close();
    expect(served.faults).toEqual([]);
  });
  const port = Number(new URL(served.address).port);
  const token = served.whole.replace(/.*=/, "");
  const ask = (line: string, headers: readonly string[] = [], body = "") =>
    rawRequest(
      port,
      Buffer.concat([
        Buffer.from(
          `${[line, `Host: 127.0.0.1:${port}`, `X-Clipbook-Token: ${token}`, "Connection: close", ...headers].join("\r\n")}\r\n\r\n`,
        ),
        Buffer.from(body, "latin1"),
      ]),
    );
  return { port, ask };
}

describe("an unusual request", () => {
  it.for([
    ["OPTIONS /api/study", 405],
    ["OPTIONS *", 400],
    ["DELETE /api/study", 405],
    ["PATCH /api/study", 405],
    ["PROPFIND /", 405],
    ["TRACE /", 405],
    ["CONNECT evil.example:443", 405],
    ["CONNECT 127.0.0.1:22", 405],
    ["HEAD /api/study", 200],
    ["HEAD /", 200],
    ["HEAD /api/nothing", 404],
  ] as const)("gets a clean answer: %s", async ([line, status]) => {
    const { ask } = await start();
    const { status: answered, headers } = await ask(`${line} HTTP/1.1`);
    expect([line, answered]).toEqual([line, status]);
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });

  it("does not change the protocol, and waits for nothing that it was not asked", async () => {
    const { ask } = await start();
    for (const protocol of ["websocket", "h2c"]) {
      const { status, headers } = await ask("GET /api/study HTTP/1.1", [
        "Connection: Upgrade, close",
        `Upgrade: ${protocol}`,
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "HTTP2-Settings: AAMAAABkAAQAAP__",
      ]);
      expect([protocol, status]).toEqual([protocol, 200]);
      expect(headers.upgrade).toBeUndefined();
    }
    expect((await ask("GET / HTTP/1.1", ["Expect: something-else"])).status).toBe(417);
  });

  it("is told of no permission for other sites, whatever a preflight asks for", async () => {
    const { ask, port } = await start();
    for (const origin of [`http://127.0.0.1:${port}`, "http://evil.example", "null"]) {
      const { status, headers } = await ask("OPTIONS /api/indexing HTTP/1.1", [
        `Origin: ${origin}`,
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: x-clipbook-token, content-type",
        "Access-Control-Request-Private-Network: true",
      ]);
      expect([origin, status]).toEqual([origin, 405]);
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });

  it("with a compressed body is not inflated", async () => {
    const { ask } = await start();
    const bomb = gzipSync(Buffer.alloc(20_000_000, 32)).toString("latin1");
    for (const encoding of ["gzip", "deflate", "br", "identity"]) {
      const { status } = await ask(
        "POST /api/indexing HTTP/1.1",
        ["Content-Type: application/json", `Content-Encoding: ${encoding}`, `Content-Length: ${bomb.length}`],
        bomb,
      );
      expect([encoding, status]).toEqual([encoding, 415]);
    }
  });

  it("with a long address is refused", async () => {
    const { ask } = await start();
    expect((await ask(`GET /?x=${"a".repeat(8_192)} HTTP/1.1`)).status).toBe(414);
    expect((await ask(`GET /?x=${"a".repeat(8_000)} HTTP/1.1`)).status).toBe(200);
  });
});
