import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { describeError } from "../../src/server/describeError.ts";
import { type AccessRules, guardAccess } from "../../src/server/guardAccess.ts";

const token = "0123456789abcdefghijklmn";

/** An app behind the guard that answers everything. */
function guarded(rules: Partial<AccessRules>) {
  const app = new Hono()
    .use(guardAccess({ hosts: undefined, token: undefined, ...rules }))
    .all("*", (c) => c.text(`reached ${c.req.path}`));
  app.onError((error, c) => {
    const { status, body } = describeError(error);
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
      expect((await ask(local, "/api/study", { host })).status).toBe(200);
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
      const response = await ask(local, path, { host });
      expect([path, response.status, await response.json()]).toEqual([
        path,
        403,
        { error: `this server does not answer as "${host}"`, hint: "open http://127.0.0.1:4700/" },
      ]);
    }
  });

  it("does not answer without a Host", async () => {
    expect((await ask(local, "/", {})).status).toBe(403);
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
        const { status } = await ask(local, "/api/study", { host, ...headers }, method);
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
        const { status } = await ask(local, path, { host, origin }, method);
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
    const headers = { host, "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest } as const;
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

describe("with a token", () => {
  const host = "192.168.1.5:4700";
  const cookie = `clipbook-4700=${token}`;
  const askWith = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") =>
    ask({ token }, path, { host, ...headers }, method);

  it("answers nothing of the study without it: no page, no route", async () => {
    for (const path of ["/", "/review", "/api/study", "/api/images/1/large"]) {
      const response = await askWith(path);
      expect([path, response.status]).toEqual([path, 403]);
      expect(await response.json()).toEqual({
        error: "this study is open for those who have its link",
        hint: "open the whole address that the terminal shows, with its token",
      });
    }
  });

  it("exchanges the link for a cookie that scripts and other sites do not get, and cleans the address", async () => {
    const response = await askWith(`/review?run=3&token=${token}&name=a%20b`);
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([
      `clipbook-4700=${token}; Path=/; HttpOnly; SameSite=Strict`,
    ]);
    const page = await response.text();
    expect(page).toContain('content="0; url=/review?run=3&amp;name=a+b"');
    expect(page).not.toContain(token);
    expect(page).not.toContain("<script");
    expect(await (await askWith("/review", { cookie })).text()).toBe("reached /review");
    expect((await askWith("/api/study", { cookie })).status).toBe(200);
  });

  it.for(["//evil.example/", "///evil.example/", "/\\evil.example/", "/%2F%2Fevil.example/"])(
    "never leads away from itself: %s",
    async (path) => {
      const response = await askWith(`${path}?token=${token}`);
      const [, url] = /url=([^"]*)"/.exec(await response.text()) as RegExpExecArray;
      expect(new URL(url as string, `http://${host}/`).host).toBe(host);
    },
  );

  it("shows what stands in the address as text", async () => {
    const response = await askWith(`/a"><script>alert(1)</script>?token=${token}&b="><script>x</script>`);
    const page = await response.text();
    expect(page).not.toContain("<script");
    expect(page).not.toMatch(/url=[^"]*[<>]/);
  });

  it.for(["", "0", token.slice(0, -1), `${token}x`, token.toUpperCase()])(
    "refuses the token %j, in the link and as the cookie",
    async (wrong) => {
      const response = await askWith(`/?token=${wrong}`);
      expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
      expect((await askWith("/", { cookie: `clipbook-4700=${wrong}` })).status).toBe(403);
    },
  );

  it("does not take the cookie of another port, nor a token in the link to a route or of a post", async () => {
    expect((await askWith("/", { cookie: `clipbook-4701=${token}` })).status).toBe(403);
    expect((await askWith("/", { cookie: `clipbook=${token}` })).status).toBe(403);
    expect((await askWith(`/api/study?token=${token}`)).status).toBe(403);
    expect((await askWith(`/review?token=${token}`, {}, "POST")).status).toBe(403);
  });

  it("answers under any name, and keeps other origins out with a cookie, too", async () => {
    const named = { host: "Lab-PC.local:4700", cookie };
    expect((await ask({ token }, "/api/study", named)).status).toBe(200);
    expect(
      (await ask({ token }, "/api/study", { ...named, origin: "http://lab-pc.local:4700" })).status,
    ).toBe(200);
    expect((await ask({ token }, "/api/study", { ...named, origin: "http://evil.example" })).status).toBe(
      403,
    );
  });

  it("names the cookie by digits only, whatever the Host is", async () => {
    for (const odd of ["192.168.1.5", "x:4700;a=b", "x:", "[fe80::1]"]) {
      const response = await ask({ token }, `/?token=${token}`, { host: odd });
      expect(response.headers.getSetCookie()[0]).toMatch(/^clipbook-80=/);
    }
  });

  it("answers what a coder's link leads to without it, and nothing beside", async () => {
    const open = ["/code/aB3_-x", "/assets/main-1a.js", "/api/coding/aB3_-x", "/api/coding/aB3_-x/images/3"];
    for (const path of open) expect([path, (await askWith(path)).status]).toEqual([path, 200]);
    expect((await askWith("/api/coding/aB3_-x/codings", {}, "POST")).status).toBe(200);
    for (const path of [
      "/code",
      "/code/a/b",
      "/codebook",
      "/assets/../api/study",
      "/code/%2e%2e/api/study",
      "/code/..%2fapi",
      "/api/coding",
      "/api/coding/",
      "/api/coding//x",
      "/api/codingx/y",
      "/api/coding/%2e%2e/study",
      "/api/samples/1/coders",
      "//code/x",
    ]) {
      expect([path, (await askWith(path)).status]).toEqual([path, 403]);
    }
    expect((await askWith("/code/x", {}, "POST")).status).toBe(403);
    for (const path of open) {
      const foreign = { origin: "http://evil.example", "sec-fetch-site": "cross-site" };
      expect([path, (await askWith(path, foreign)).status]).toEqual([path, 403]);
    }
  });
});
