import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createAccessKeys } from "../../src/server/accessKeys.ts";
import { createApp } from "../../src/server/createApp.ts";
import { startServer } from "../../src/server/startServer.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { rawRequest } from "./rawRequest.ts";
import { contextOf } from "./serveStudy.ts";

describe("the built files", () => {
  let port: number;

  beforeEach(async () => {
    const folder = temporaryFolder();
    const web = join(folder, "web");
    mkdirSync(join(web, "assets", "below"), { recursive: true });
    writeFileSync(join(folder, "secret.js"), "secret");
    writeFileSync(join(web, "secret.js"), "secret");
    writeFileSync(join(web, "assets", "below", "secret.js"), "secret");
    writeFileSync(join(web, "assets", "secret.map"), "secret");
    writeFileSync(join(web, "assets", ".secret.js"), "secret");
    writeFileSync(join(web, "index.html"), "the page");
    writeFileSync(join(web, "assets", "main-1a2B.js"), "the script");
    writeFileSync(join(web, "assets", "main-1a2B.css"), "the style");
    const { context, close } = contextOf(folder);
    const server = await startServer(
      (at) =>
        createApp({
          context,
          access: { hosts: [`127.0.0.1:${at}`], keys: createAccessKeys() },
          webFolder: web,
          onFault: (error) => {
            throw error;
          },
        }).fetch,
      { hostname: "127.0.0.1", port: 24_000, tryNext: true },
    );
    port = server.port;
    onTestFinished(async () => {
      await server.close();
      await close();
    });
  });

  const get = (target: string) =>
    rawRequest(port, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);

  it("come with their type, to be kept for ever: their names have a digest", async () => {
    for (const [name, type, body] of [
      ["main-1a2B.js", "text/javascript; charset=utf-8", "the script"],
      ["main-1a2B.css", "text/css; charset=utf-8", "the style"],
    ]) {
      const answer = await get(`/assets/${name}`);
      expect(answer).toMatchObject({ status: 200, body });
      expect(answer.headers).toMatchObject({
        "content-type": type,
        "cache-control": "public, max-age=31536000, immutable",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
      });
    }
  });

  it("are one page for every address of a screen, which is asked for anew", async () => {
    for (const path of ["/", "/review", "/codebook?x=../../secret.js", "/no/such/screen"]) {
      const answer = await get(path);
      expect([path, answer.status, answer.body]).toEqual([path, 200, "the page"]);
      expect(answer.headers["cache-control"]).toBe("no-cache");
    }
  });

  it.for([
    "/secret.js",
    "/index.html",
    "/assets/",
    "/assets/below",
    "/assets/below/secret.js",
    "/assets/secret.map",
    "/assets/.secret.js",
    "/assets/nothing.js",
    "/assets/../secret.js",
    "/assets/../../secret.js",
    "/assets/..%2fsecret.js",
    "/assets/..%2Fsecret.js",
    "/assets/%2e%2e/secret.js",
    "/assets/%2e%2e%2fsecret.js",
    "/assets/%252e%252e%252fsecret.js",
    "/assets/%25252e%25252e/secret.js",
    "/assets/..%5csecret.js",
    "/assets/..%255csecret.js",
    "/assets/below%2fsecret.js",
    "/assets/below%5csecret.js",
    "/assets//secret.js",
    "//assets/../secret.js",
    "/assets/main-1a2B.js%00",
    "/assets/main-1a2B.js%00.css",
    "/assets/%00",
    "/assets/main-1a2B.js/",
    "/assets/..;/secret.js",
    "/assets/%c0%ae%c0%ae/secret.js",
    "/assets/\u2025/secret.js",
    "/%2e%2e/%2e%2e/secret.js",
    "/assets/..\\secret.js",
    "\\assets\\main-1a2B.js",
    "/assets/file:///etc/passwd",
    `/assets/${"a".repeat(5000)}.js`,
  ])("never lead to another file: %s", async (target) => {
    const { status, body, headers } = await get(target);
    expect(body).not.toContain("secret\u0000");
    expect(body).not.toBe("secret");
    expect([400, 404]).toContain(status);
    if (body === "") return;
    expect(JSON.parse(body)).toEqual({ error: expect.any(String) });
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
  });

  it("say so where they were not built", async () => {
    const folder = temporaryFolder();
    const { context, close } = contextOf(folder);
    onTestFinished(close);
    const app = createApp({
      context,
      access: { hosts: undefined, keys: createAccessKeys() },
      webFolder: join(folder, "nothing"),
    });
    const response = await app.request("/");
    expect([response.status, await response.json()]).toEqual([
      503,
      { error: "the screens are not built", hint: "npm run build" },
    ]);
  });
});
