import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import type { ServerContext } from "../../src/server/serverContext.ts";
import { plainRun } from "../pipeline/plainRun.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { makeDemoStudy } from "../web/demoStudy.ts";
import { askApp } from "./askApp.ts";
import { contextOf, serveStudy } from "./serveStudy.ts";
import { testedApp } from "./testedApp.ts";

const host = "127.0.0.1:4700";

/** The whole server of a new study, without a network. */
function newApp(environment: ServerContext["environment"] = process.env, folder = temporaryFolder()) {
  const { context: usual, close } = contextOf(folder);
  const context = { ...usual, environment };
  onTestFinished(close);
  const faults: unknown[] = [];
  const names: string[] = [];
  const app = testedApp({
    context,
    hosts: [host],
    webFolder: join(packageRoot, "dist/web"),
    onFault: (error, name) => {
      faults.push(error);
      names.push(name);
    },
  });
  const ask = async (path: string, init: RequestInit = {}) =>
    app.request(`http://${host}${path}`, { ...init, headers: { host, ...init.headers } });
  return { context, faults, names, ask };
}

const policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
const policyOfPage = (nonce: unknown) =>
  `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'nonce-${nonce}'; img-src 'self' data: blob:; ` +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

describe("every answer", () => {
  it.for([
    ["a page", 200, "/review", {}],
    ["a route", 200, "/api/study", {}],
    ["an event stream", 200, "/api/indexing/events", {}],
    ["another method", 405, "/api/study", { method: "DELETE" }],
    ["a preflight", 405, "/api/study", { method: "OPTIONS" }],
    ["an unknown method", 405, "/", { method: "PROPFIND" }],
    ["an unknown route", 404, "/api/nothing", {}],
    ["an unknown file", 404, "/favicon.ico", {}],
    ["an unknown run", 404, "/api/runs/7", {}],
    ["a number that is none", 400, "/api/runs/x", {}],
    ["another host", 403, "/", { headers: { host: "evil.example" } }],
    ["another origin", 403, "/api/study", { headers: { origin: "https://evil.example" } }],
    ["a form", 415, "/api/indexing", { method: "POST", body: new URLSearchParams({ a: "1" }) }],
    [
      "text",
      415,
      "/api/indexing",
      { method: "POST", body: '{"inputs":["x"]}', headers: { "content-type": "text/plain" } },
    ],
    [
      "a compressed body",
      415,
      "/api/indexing",
      {
        method: "POST",
        body: "x",
        headers: { "content-type": "application/json", "content-encoding": "gzip" },
      },
    ],
    ["too long an address", 414, `/api/study?x=${"x".repeat(8_192)}`, {}],
    ["no token", 403, "/api/study", { headers: { "x-clipbook-token": "no" } }],
    [
      "broken JSON",
      400,
      "/api/indexing",
      { method: "POST", body: "{", headers: { "content-type": "application/json" } },
    ],
    [
      "too large a body",
      413,
      "/api/indexing",
      { method: "POST", body: "x".repeat(8_000_001), headers: { "content-type": "application/json" } },
    ],
    [
      "a body that is large for one without a token",
      413,
      "/api/session",
      { method: "POST", body: "x".repeat(131_073), headers: { "content-type": "application/json" } },
    ],
    [
      "a body that is large for a coder's link",
      413,
      "/api/coding/nobody/codings",
      { method: "POST", body: "x".repeat(131_073), headers: { "content-type": "application/json" } },
    ],
  ] as const)("has the policy, no sniffing, no cache, no permission for others: %s", async (answered) => {
    const [, status, path, init] = answered;
    const { ask, faults } = newApp();
    const response = await ask(path, init as RequestInit);
    const headers = Object.fromEntries(response.headers);
    expect([response.status, headers]).toEqual([
      status,
      expect.objectContaining({
        "content-security-policy":
          answered[0] === "a page" ? expect.stringContaining("'strict-dynamic'") : policy,
        "permissions-policy": expect.stringContaining("camera=()"),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": expect.stringMatching(/^no-(store|cache)$/),
      }),
    ]);
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    if (status >= 400) {
      expect(headers["content-type"]).toMatch(/^application\/json/);
      const { error, ...more } = (await response.json()) as { error: string; hint?: string };
      expect(error).toMatch(/\w/);
      expect(Object.keys(more).filter((key) => !["hint", "needs"].includes(key))).toEqual([]);
    } else await response.body?.cancel();
    expect(faults).toEqual([]);
  });

  it("has the headers of a page also without its body", async () => {
    const { ask } = newApp();
    const response = await ask("/", { method: "HEAD" });
    expect([response.status, response.headers.get("content-security-policy"), await response.text()]).toEqual(
      [200, expect.stringContaining("'strict-dynamic'"), ""],
    );
  });

  it("that is a page has a nonce of its own, which its scripts and styles have, too", async () => {
    const { ask } = newApp();
    const nonces = [];
    for (const path of ["/", "/", "/code/x"]) {
      const response = await ask(path);
      const page = await response.text();
      const nonce = /nonce="([\w+/=]{24})"/.exec(page)?.[1];
      expect(response.headers.get("content-security-policy")).toBe(policyOfPage(nonce));
      const elements = page.match(/<(script|style|link)\b[^>]*>/g) ?? [];
      const fetched = elements.filter((element) => !element.includes('rel="icon"'));
      expect(fetched.length).toBeGreaterThan(1);
      for (const element of fetched) expect(element).toContain(`nonce="${nonce}"`);
      expect(page).not.toContain("CLIPBOOK-NONCE");
      nonces.push(nonce);
    }
    expect(new Set(nonces).size).toBe(3);
  });
});

describe("a fault of Clipbook", () => {
  it("is named as one, and its trace goes to the terminal only", async () => {
    const { ask, context, faults, names } = newApp();
    context.study.close();
    const response = await ask("/api/study");
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      error: `this is a fault of Clipbook (${names[0]})`,
      hint: "please report it with the lines that the terminal shows",
    });
    expect(text).not.toMatch(/node_modules|\.ts:\d+|at Object/);
    expect(response.headers.get("content-security-policy")).toBe(policy);
    expect(faults).toHaveLength(1);
    expect((faults[0] as Error).stack).toMatch(/studyRoutes/);
  });

  it("is answered also where no Error was thrown", async () => {
    const { ask, faults } = newApp({
      get HOME(): string {
        throw "a text";
      },
    });
    const response = await ask("/api/indexing", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ inputs: ["~/x"], model: "demo", precision: "float32", scoring: "max" }),
    });
    expect([response.status, response.headers.get("content-security-policy")]).toEqual([500, policy]);
    expect(await response.json()).toMatchObject({
      error: expect.stringMatching(/^this is a fault of Clipbook \([0-9a-f]{8}\)$/),
    });
    expect(faults).toEqual([expect.objectContaining({ message: "a text", cause: "a text" })]);
  });

  it("is not told where the client went away and its work was given up for that", async () => {
    const leaving = new AbortController();
    const { ask, faults } = newApp({
      get HOME(): string {
        leaving.abort("the client is gone");
        throw leaving.signal.reason;
      },
    });
    const { status } = await ask("/api/indexing", {
      method: "POST",
      signal: leaving.signal,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ inputs: ["~/x"], model: "demo", precision: "float32", scoring: "max" }),
    });
    expect([status, leaving.signal.aborted, faults]).toEqual([500, true, []]);
  });
});

describe("work that nobody waits for any more", () => {
  it("is given up, and is no fault: an upload that ends within its body", async () => {
    const { folder } = plainRun({ sizes: [2] });
    const served = await serveStudy(folder);
    const { port } = new URL(served.address);
    const socket = connect(Number(port), "127.0.0.1");
    await once(socket, "connect");
    const head = `POST /api/samples HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json`;
    socket.write(
      `${head}\r\nX-Clipbook-Token: ${served.whole.replace(/.*=/, "")}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"run\r\n`,
    );
    // Answered after what was sent before it.
    await askApp(`${served.address}/api/samples`);
    socket.destroy();
    await once(socket, "close");
    await askApp(`${served.address}/api/samples`);
    await served.close();
    expect(served.faults).toEqual([]);
  });

  it("is given up, and is no fault: a new run is not made", async () => {
    const folder = temporaryFolder();
    await makeDemoStudy(folder, 7);
    const { ask, context, faults } = newApp(process.env, folder);
    const post = (signal?: AbortSignal) =>
      ask("/api/runs", {
        method: "POST",
        body: '{"runId":1}',
        headers: { "content-type": "application/json" },
        ...(signal !== undefined && { signal }),
      });
    await post(AbortSignal.abort("the client is gone"));
    expect(context.study.runs.list().map(({ id }) => id)).toEqual([1]);
    expect((await post()).status).toBe(200);
    expect(context.study.runs.list()).toHaveLength(2);
    expect(faults).toEqual([]);
  });
});

describe("a body", () => {
  const post = (body: string, type?: string) => ({
    method: "POST",
    body: new TextEncoder().encode(body),
    ...(type !== undefined && { headers: { "content-type": type } }),
  });

  it.for(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])(
    "of the type %j is refused, whatever is in it",
    async (type) => {
      const { ask } = newApp();
      const spec = '{"inputs":["x"],"model":"demo","precision":"float32","scoring":"max"}';
      expect((await ask("/api/indexing", post(spec, type))).status).toBe(415);
      expect((await ask("/api/indexing/pause", post("=", type))).status).toBe(415);
    },
  );

  it("may be left out where nothing is told, but not that it would be JSON", async () => {
    const { ask } = newApp();
    expect((await ask("/api/indexing/pause", { method: "POST" })).status).toBe(409);
    expect(
      (await ask("/api/indexing/pause", { method: "POST", headers: { "content-type": "" } })).status,
    ).toBe(415);
    const empty = { method: "POST", headers: { "content-type": "text/plain" } };
    expect((await ask("/api/indexing/pause", empty)).status).toBe(415);
  });

  it.for(["application/json", "application/json; charset=utf-8", "Application/JSON"])(
    "of the type %j is read",
    async (type) => {
      const { ask } = newApp();
      const response = await ask("/api/indexing", post("{}", type));
      expect([response.status, await response.json()]).toEqual([
        400,
        { error: expect.stringMatching(/^the request cannot be read: .*\n?.*inputs/) },
      ]);
    },
  );

  it.for(["application/jsonp", "application/json-seq", "text/json"])(
    "of the type %s is none",
    async (type) => {
      const { ask } = newApp();
      expect((await ask("/api/indexing", post("{}", type))).status).toBe(415);
    },
  );

  it.for(["null", "[]", '"text"', "7", '{"__proto__":{"inputs":["x"]}}'])(
    "of another kind is refused: %s",
    async (body) => {
      const { ask, faults } = newApp();
      const response = await ask("/api/indexing", post(body, "application/json"));
      expect([response.status, faults]).toEqual([400, []]);
    },
  );
});
