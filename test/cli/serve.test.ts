import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { delimiter, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { askApp, learnToken } from "../server/askApp.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { launcher, runClipbook } from "./runClipbook.ts";
import { serve, workFolder } from "./serveFolder.ts";

async function occupiedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe("clipbook serve", () => {
  it("prints an address at which the app answers, and ends with 0 at Ctrl-C", async () => {
    const folder = await workFolder();
    const { printed, address, end } = await serve(folder);
    expect(printed).toMatch(/^http:\/\/127\.0\.0\.1:47\d\d\/#token=[\w-]{24}\n$/);
    const page = await fetch(address);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="app">')]);
    expect((await fetch(`${address}api/study`)).status).toBe(403);
    expect(await (await askApp(`${address}api/study`)).json()).toMatchObject({ folder, runs: [] });
    const { code, stdout, stderr } = await end();
    expect([code, stdout, stderr]).toEqual([
      0,
      printed,
      "the study in . is open for everybody who has this whole address; Ctrl-C ends it\n",
    ]);
  });

  it("prints JSON when asked", async () => {
    const { printed, end } = await serve(await workFolder(), ["--no-open", "--json"]);
    const { address, addresses } = JSON.parse(printed);
    expect(addresses).toEqual([address]);
    expect((await askApp(`${learnToken(address)}api/study`)).status).toBe(200);
    expect((await end()).code).toBe(0);
  });

  it.for(["SIGINT", "SIGTERM"] as const)(
    "ends with 0 within a moment at %s, with open connections and event streams",
    async (signal) => {
      const { address, end } = await serve(await workFolder());
      const { port } = new URL(address);
      const idle = connect(Number(port), "127.0.0.1");
      idle.on("error", () => undefined);
      onTestFinished(() => void idle.destroy());
      const streams = await Promise.all([1, 2, 3].map(() => askApp(`${address}api/indexing/events`)));
      expect(streams.map(({ status }) => status)).toEqual([200, 200, 200]);
      const { code, stderr, tookMs } = await end(signal);
      expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
      expect(tookMs).toBeLessThan(3_000);
    },
  );

  it("refuses a port that the user named and another program has", async () => {
    const port = await occupiedPort();
    const { code, stdout, stderr } = await runClipbook(["serve", "--no-open", "--port", String(port)], {
      cwd: await workFolder(),
    });
    expect([code, stdout, stderr]).toEqual([
      1,
      "",
      `error: 127.0.0.1, port ${port}: another program listens there\nhint: leave out --port for the next free one, or give another one\n`,
    ]);
  });
});

describe("clipbook serve --host", () => {
  it("demands the token of its link from everybody, and says where to open it", async () => {
    const { addresses, end } = await serve(await workFolder(), ["--no-open", "--host", "0.0.0.0"]);
    const links = addresses.map((address) => new URL(address));
    const [secret] = links.map(({ hash }) => hash.replace("#token=", ""));
    expect(secret).toMatch(/^[\w-]{24}$/);
    expect(new Set(links.map(({ hash }) => hash))).toEqual(new Set([`#token=${secret}`]));
    expect(links[0]?.hostname).toBe("127.0.0.1");
    for (const { origin } of links) {
      for (const path of ["api/study", "api/samples"])
        expect((await fetch(`${origin}/${path}`)).status).toBe(403);
      // The pages hold nothing of the study, and coders who have a link of their own need them.
      expect((await fetch(`${origin}/code`)).status).toBe(200);
      const answer = await fetch(`${origin}/api/session`, {
        method: "POST",
        body: JSON.stringify({ secret }),
        headers: { "content-type": "application/json" },
      });
      const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] as string;
      expect((await fetch(`${origin}/api/study`, { headers: { cookie } })).status).toBe(200);
    }
    const { code, stderr } = await end();
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/for everybody who has .*whole address.*; Ctrl-C ends it\nnote: .*not encrypted/),
    ]);
  });

  it("has another token each time", async () => {
    const folder = await workFolder();
    const starts = [await serve(folder), await serve(folder)];
    expect(new Set(starts.map(({ addresses }) => new URL(addresses[0] as string).hash)).size).toBe(2);
  });

  it.for([
    [
      ["--host", "203.0.113.7"],
      /^error: 203\.0\.113\.7: this machine has no such address\nhint: leave out --host/,
    ],
    [["--host", " "], /^error: option '--host <address>' argument ' ' is invalid/],
    [["--port", "0"], /^error: option '--port <number>' argument '0' is invalid/],
    [["--port", "65536"], /^error: option '--port <number>' argument '65536' is invalid/],
  ] as const)("is refused where it makes no sense: %j", async ([args, message]) => {
    const { code, stderr } = await runClipbook(["serve", "--no-open", ...args], { cwd: await workFolder() });
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  });
});

describe("clipbook serve on a folder", () => {
  it("that does not exist makes none", async () => {
    const folder = temporaryFolder();
    const { code, stderr } = await runClipbook(["serve", "--study", "typo", "--no-open"], { cwd: folder });
    expect([code, stderr]).toEqual([
      1,
      "error: typo: there is no such folder\nhint: name the study's folder with --study DIR\n",
    ]);
    expect(existsSync(join(folder, "typo"))).toBe(false);
  });

  it("that is a file says so", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    for (const study of ["file", "file/below"]) {
      const { code, stderr } = await runClipbook(["serve", "--study", study, "--no-open"], { cwd: folder });
      expect([code, stderr]).toEqual([1, expect.stringContaining(`error: ${study}: `)]);
    }
  });

  it("that may not be written says so, and leaves it as it is", async ({ skip }) => {
    const nobody = process.geteuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    skip(spawnSync(process.execPath, [launcher, "--version"], { ...nobody }).status !== 0, "no user nobody");
    const folder = await workFolder();
    expect(
      (await runClipbook(["classify", "pictures", "--model", "demo", "--no-overview"], { cwd: folder })).code,
    ).toBe(0);
    const before = readFileSync(join(folder, "clipbook.db"));
    chmodSync(join(folder, "clipbook.db"), 0o444);
    chmodSync(folder, 0o555);
    onTestFinished(() => chmodSync(folder, 0o755));
    const { code, stderr } = await runClipbook(["serve", "--no-open"], {
      cwd: folder,
      ...nobody,
      env: { HOME: folder },
    });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: clipbook\.db: the study's database cannot be written here\nhint: check/),
    ]);
    expect(readFileSync(join(folder, "clipbook.db"))).toEqual(before);
  });

  it("with a study of a later Clipbook names the version that it needs", async () => {
    const folder = await workFolder();
    const { end } = await serve(folder);
    await end();
    const database = new DatabaseSync(join(folder, "clipbook.db"));
    database.exec(
      "PRAGMA user_version = 99; INSERT INTO schema_step VALUES (99, '9.9.9', '2030-01-01T00:00:00Z')",
    );
    database.close();
    const { code, stderr } = await runClipbook(["serve", "--no-open"], { cwd: folder });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /this study was written by a later version of Clipbook \(schema 99\)\nhint: update Clipbook to 9\.9\.9 or later/,
      ),
    ]);
  });
});

describe("the browser", () => {
  /** Starts the server on a screen with an `xdg-open`, or without one. */
  async function serveOnScreen(opener: string | undefined, args: readonly string[] = []) {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "bin"));
    if (opener !== undefined)
      writeFileSync(join(folder, "bin", "xdg-open"), `#!/bin/sh\n${opener}\n`, { mode: 0o755 });
    const path = opener === undefined ? "/nowhere" : `${join(folder, "bin")}${delimiter}${process.env.PATH}`;
    const served = await serve(await workFolder(), args, { DISPLAY: ":0", PATH: path });
    return { ...served, opened: join(folder, "opened") };
  }

  const noting = 'printf %s "$1" > "$(dirname "$0")/../opened"';
  const linux = process.platform === "linux";

  it.runIf(linux).for([[[]], [["--host", "0.0.0.0"]]] as const)(
    "opens at an address that is good once, for other users can read what programs are started with (%j)",
    async ([args]) => {
      const { address, addresses, opened, end } = await serveOnScreen(noting, args);
      await expect.poll(() => existsSync(opened) && statSync(opened).size > 0).toBe(true);
      const { origin, hash } = new URL(readFileSync(opened, "utf8"));
      expect(`${origin}/`).toBe(address);
      expect(hash).toMatch(/^#code=[\w-]{24}$/);
      const { hash: shown } = new URL(addresses[0] as string);
      const [token, secret] = [shown.replace("#token=", ""), hash.replace("#code=", "")];
      expect(secret).not.toBe(token);
      const init = { method: "POST", body: JSON.stringify({ secret }), headers: { "x-clipbook-token": "" } };
      const first = await askApp(`${address}api/session`, init);
      expect([first.status, await first.json()]).toEqual([200, { token }]);
      expect((await askApp(`${address}api/session`, init)).status).toBe(403);
      expect((await end()).code).toBe(0);
    },
  );

  it.runIf(linux)("is not opened when it shall not be", async () => {
    const { opened, end } = await serveOnScreen(noting, ["--no-open"]);
    expect([(await end()).code, existsSync(opened)]).toEqual([0, false]);
  });

  it.runIf(linux).for([
    ["is missing", undefined],
    ["fails", "echo broken >&2; exit 3"],
  ] as const)("that %s does not fail the command", async ([, opener]) => {
    const { address, end } = await serveOnScreen(opener);
    expect((await askApp(`${address}api/study`)).status).toBe(200);
    const { code, stderr } = await end();
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/error|broken/)]);
  });

  it("that has no screen does not fail the command", async () => {
    const { address, end } = await serve(await workFolder(), [], { DISPLAY: "", WAYLAND_DISPLAY: "" });
    expect((await askApp(`${address}api/study`)).status).toBe(200);
    expect((await end()).code).toBe(0);
  });
});
