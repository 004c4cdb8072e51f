import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";
import { contextOf } from "./serveStudy.ts";
import { testedApp } from "./testedApp.ts";

const host = "127.0.0.1:4700";

function newApp() {
  const folder = temporaryFolder();
  const { context, close } = contextOf(folder);
  onTestFinished(close);
  const { keys, request } = testedApp({ context, hosts: [host], webFolder: folder });
  /** Without a token. */
  const ask = (path: string, init: RequestInit = {}) =>
    request(path, { ...init, headers: { host, "x-clipbook-token": "", ...init.headers } });
  const enter = (secret: unknown, headers: Readonly<Record<string, string>> = {}) =>
    ask("/api/session", { method: "POST", body: JSON.stringify({ secret }), headers });
  return { keys, ask, enter };
}

describe("the exchange of what stands in the address", () => {
  it("gives the token, and a cookie that no script and no other site gets, for the token and for a code", async () => {
    const { keys, ask, enter } = newApp();
    for (const secret of [keys.token, keys.newCode()]) {
      const response = await enter(secret);
      expect([response.status, await response.json()]).toEqual([200, { token: keys.token }]);
      expect(response.headers.getSetCookie()).toEqual([
        `clipbook-4700=${keys.cookie}; Path=/api; HttpOnly; SameSite=Strict`,
      ]);
    }
    const cookie = `clipbook-4700=${keys.cookie}`;
    expect((await ask("/api/study", { headers: { cookie } })).status).toBe(200);
    expect((await ask("/api/study")).status).toBe(403);
  });

  it("says that a code was used before: somebody else may have been faster", async () => {
    const { keys, enter } = newApp();
    const code = keys.newCode();
    expect((await enter(code)).status).toBe(200);
    const again = await enter(code);
    expect([again.status, again.headers.getSetCookie(), await again.json()]).toEqual([
      403,
      [],
      {
        error: "this address was opened before",
        hint: expect.stringContaining("another user of this machine"),
        needs: "token",
      },
    ]);
  });

  it("refuses everything else", async () => {
    const { keys, enter } = newApp();
    for (const wrong of ["", "x", keys.cookie, keys.token.slice(1)]) {
      const response = await enter(wrong);
      expect([wrong, response.status, response.headers.getSetCookie()]).toEqual([wrong, 403, []]);
      expect(await response.text()).not.toContain(keys.token);
    }
    for (const wrong of [undefined, null, 7, {}, "x".repeat(201)])
      expect((await enter(wrong)).status).toBe(400);
  });

  it("is not for other sites, names and forms", async () => {
    const { keys, enter } = newApp();
    for (const headers of [
      { origin: "http://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { host: "evil.example" },
    ] as Record<string, string>[])
      expect([headers, (await enter(keys.token, headers)).status]).toEqual([headers, 403]);
    expect((await enter(keys.token, { "content-type": "text/plain" })).status).toBe(415);
  });

  it("names the cookie by digits only, whatever the Host is", async () => {
    const folder = temporaryFolder();
    const { context, close } = contextOf(folder);
    onTestFinished(close);
    const { keys, request } = testedApp({ context, webFolder: folder });
    for (const odd of ["192.168.1.5", "x:4700;a=b", "x:", "[fe80::1]"]) {
      const response = await request("/api/session", {
        method: "POST",
        body: JSON.stringify({ secret: keys.token }),
        headers: { host: odd },
      });
      expect(response.headers.getSetCookie()[0]).toMatch(/^clipbook-80=/);
    }
  });
});
