import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createAccessKeys } from "../../src/server/accessKeys.ts";
import { describeError } from "../../src/server/describeError.ts";
import { type AccessRules, guardAccess } from "../../src/server/guardAccess.ts";

const keys = createAccessKeys();
const withToken = { "x-clipbook-token": keys.token };

/** An app behind the guard that answers everything. */
function guarded(rules: Partial<AccessRules>) {
  const app = new Hono()
    .use(guardAccess({ hosts: undefined, keys, ...rules }))
    .all("*", (c) => c.text(`reached ${c.req.path}`));
  app.onError((error, c) => {
    const { status, body } = describeError(error, { folders: [] });
    return c.json(body, status as 400);
  });
  return app;
}

const local = { hosts: ["127.0.0.1:4700", "localhost:4700", "[::1]:4700"] };

async function ask(
  rules: Partial<AccessRules>,
  path: string,
  headers: Readonly<Record<string, string>>,
  method = "GET",
) {
  return guarded(rules).request(`http://127.0.0.1:4700${path}`, { method, headers });
}

describe("on the loopback interface", () => {
  it.for(["127.0.0.1:4700", "localhost:4700", "[::1]:4700", "LOCALHOST:4700"])(
    "answers as %s",
    async (host) => {
      expect((await ask(local, "/api/study", { host, ...withToken })).status).toBe(200);
    },
  );

  it.for([
    "evil.example:4700",
    "evil.example",
    "127.0.0.1",
    "127.0.0.1:80",
    "127.0.0.1:4701",
    "localhost",
    "localhost.:4700",
    "localhost.evil.example:4700",
    "127.0.0.1.evil.example:4700",
    "127.0.0.1:4700.evil.example",
    "127.0.0.1:4700, evil.example",
    "127.0.0.1:4700@evil.example",
    "evil.example#127.0.0.1:4700",
    "2130706433:4700",
    "[::ffff:127.0.0.1]:4700",
    "",
  ])("does not answer as %j, neither pages nor routes", async (host) => {
    for (const path of ["/", "/assets/main.js", "/api/study"]) {
      const response = await ask(local, path, { host, ...withToken });
      expect([path, response.status, await response.json()]).toEqual([
        path,
        403,
        { error: `this server does not answer as "${host}"`, hint: "open http://127.0.0.1:4700/" },
      ]);
    }
  });

  it("does not answer without a Host", async () => {
    expect((await ask(local, "/", withToken)).status).toBe(403);
  });

  const host = "127.0.0.1:4700";
  const own = "http://127.0.0.1:4700";

  it("answers its own pages, and programs that are no browsers", async () => {
    for (const headers of [
      {},
      { origin: own },
      { origin: own, "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
      { "sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
    ]) {
      for (const method of ["GET", "POST", "PUT", "DELETE"]) {
        const { status } = await ask(local, "/api/study", { host, ...withToken, ...headers }, method);
        expect([headers, method, status]).toEqual([headers, method, 200]);
      }
    }
  });

  it.for([
    "https://evil.example",
    "http://evil.example:4700",
    "http://localhost:4700",
    "http://127.0.0.1",
    "http://127.0.0.1:4701",
    "https://127.0.0.1:4700",
    "http://127.0.0.1:4700.evil.example",
    "null",
    "",
  ])("refuses what comes from the origin %j, whatever it asks for", async (origin) => {
    for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"]) {
      for (const path of ["/", "/api/study"]) {
        const { status } = await ask(local, path, { host, ...withToken, origin }, method);
        expect([method, path, status]).toEqual([method, path, 403]);
      }
    }
  });

  it.for([
    ["cross-site", "no-cors", "image"],
    ["cross-site", "cors", "empty"],
    ["cross-site", "no-cors", "script"],
    ["cross-site", "navigate", "iframe"],
    ["cross-site", "navigate", "object"],
    ["same-site", "no-cors", "image"],
    ["same-site", "cors", "empty"],
    ["same-site", "navigate", "iframe"],
    ["something new", "navigate", "document"],
  ])("refuses %s requests (%s) for an %s", async ([site, mode, dest]) => {
    const headers = {
      host,
      ...withToken,
      "sec-fetch-site": site,
      "sec-fetch-mode": mode,
      "sec-fetch-dest": dest,
    } as const;
    const isLink = mode === "navigate" && dest === "document";
    for (const path of ["/", "/assets/main.js", "/api/study", "/api/images/1/thumbnail"]) {
      const isPage = !path.startsWith("/api/");
      const { status } = await ask(local, path, headers as Record<string, string>);
      expect([path, status]).toEqual([path, isLink && isPage ? 200 : 403]);
    }
  });

  it("lets a link from elsewhere open a page, and not more", async () => {
    const link = {
      host,
      ...withToken,
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    };
    expect((await ask(local, "/review?run=2", link)).status).toBe(200);
    expect((await ask(local, "/api/study", link)).status).toBe(403);
    expect((await ask(local, "/%61pi/study", link)).status).toBe(403);
    // A form that another page submits is a navigation, too.
    expect((await ask(local, "/review", link, "POST")).status).toBe(403);
    expect((await ask(local, "/api/runs", { ...link, origin: "null" }, "POST")).status).toBe(403);
  });
});

describe("the secrets", () => {
  const host = "192.168.1.5:4700";
  const cookie = `clipbook-4700=${keys.cookie}`;
  const askWith = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") =>
    ask({}, path, { host, ...headers }, method);
  const writes = ["POST", "PUT", "DELETE", "PATCH"];

  it("are needed for everything that is told of the study, also on the loopback interface", async () => {
    for (const rules of [{}, local]) {
      for (const path of ["/api/study", "/api/images/1/large", "/api/", "/api/x", "/%61pi/study"]) {
        for (const method of ["GET", "HEAD"]) {
          const response = await ask(
            rules,
            path,
            { host: rules === local ? "127.0.0.1:4700" : host },
            method,
          );
          expect([path, method, response.status]).toEqual([path, method, 403]);
        }
      }
    }
    expect(await (await askWith("/api/study")).json()).toEqual({
      error: "this study is open for those who have its whole address",
      hint: "open the address that the terminal shows",
      needs: "token",
    });
  });

  it("are not needed for the screens, which know nothing of the study", async () => {
    for (const path of ["/", "/review?run=1", "/assets/main-1a.js", "/code/aB3_-x"]) {
      expect([path, (await askWith(path)).status]).toEqual([path, 200]);
    }
  });

  it("let read with the cookie, and write with the token alone", async () => {
    for (const method of ["GET", "HEAD"]) {
      expect((await askWith("/api/study", { cookie }, method)).status).toBe(200);
      expect((await askWith("/api/study", withToken, method)).status).toBe(200);
    }
    for (const method of writes) {
      expect((await askWith("/api/study", withToken, method)).status).toBe(200);
      const refused = await askWith("/api/study", { cookie }, method);
      expect([refused.status, await refused.json()]).toEqual([
        403,
        {
          error: "nothing can be changed from here: the token of the study's address is missing",
          hint: "open the address that the terminal shows",
          needs: "token",
        },
      ]);
      expect((await askWith("/review", { cookie }, method)).status).toBe(403);
    }
  });

  it.for(["", "0", keys.token.slice(0, -1), `${keys.token}x`, keys.token.toUpperCase(), keys.cookie])(
    "have to be exact: %j is no token",
    async (wrong) => {
      for (const method of ["GET", ...writes])
        expect((await askWith("/api/study", { "x-clipbook-token": wrong }, method)).status).toBe(403);
    },
  );

  it("have to be in their places: neither in the address, nor the one for the other, nor of another port", async () => {
    const { token } = keys;
    expect((await askWith(`/api/study?token=${token}`)).status).toBe(403);
    for (const wrong of ["", keys.cookie.slice(1), token])
      expect((await askWith("/api/study", { cookie: `clipbook-4700=${wrong}` })).status).toBe(403);
    for (const name of ["clipbook-4701", "clipbook-80", "clipbook"])
      expect((await askWith("/api/study", { cookie: `${name}=${keys.cookie}` })).status).toBe(403);
  });

  it("do not let other sites in, and do under any name where the server is reached from elsewhere", async () => {
    const named = { host: "Lab-PC.local:4700", cookie };
    expect((await ask({}, "/api/study", named)).status).toBe(200);
    expect((await ask({}, "/api/study", { ...named, origin: "http://lab-pc.local:4700" })).status).toBe(200);
    expect((await ask({}, "/api/study", { ...named, origin: "http://evil.example" })).status).toBe(403);
  });

  it("are not needed for their exchange, and for what a coder's link leads to, and nothing beside", async () => {
    expect((await askWith("/api/session", {}, "POST")).status).toBe(200);
    expect((await askWith("/api/session", {}, "PUT")).status).toBe(403);
    expect((await askWith("/api/session/x", {}, "POST")).status).toBe(403);
    const open = ["/api/coding/aB3_-x", "/api/coding/aB3_-x/images/3"];
    for (const path of open) expect([path, (await askWith(path)).status]).toEqual([path, 200]);
    expect((await askWith("/api/coding/aB3_-x/codings", {}, "POST")).status).toBe(200);
    for (const path of [
      "/api/coding",
      "/api/coding/",
      "/api/coding//x",
      "/api/codingx/y",
      "/api/coding/%2e%2e/study",
      "/assets/../api/study",
      "/code/%2e%2e/../api/study",
      "/api/samples/1/coders",
    ]) {
      expect([path, (await askWith(path)).status]).toEqual([path, 403]);
    }
    expect((await askWith("/code/x", {}, "POST")).status).toBe(403);
    for (const path of [...open, "/api/session"]) {
      const foreign = { origin: "http://evil.example", "sec-fetch-site": "cross-site" };
      expect([path, (await askWith(path, foreign, "POST")).status]).toEqual([path, 403]);
      expect([path, (await askWith(path, { origin: "null" }, "POST")).status]).toEqual([path, 403]);
    }
  });
});
