import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { createAccessKeys } from "../../src/server/accessKeys.ts";
import { createApp } from "../../src/server/createApp.ts";
import { startServer } from "../../src/server/startServer.ts";
import { contextOf } from "../server/serveStudy.ts";
import { useChromium } from "./chromium.ts";

const keys = createAccessKeys();

describe("pages of other sites in Chromium", () => {
  const openTab = useChromium();
  let folder: string;
  let opened: ReturnType<typeof contextOf>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-web-"));
    copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
    opened = contextOf(folder);
  });

  afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });

  async function serve() {
    const server = await startServer(
      (port) =>
        createApp({
          context: opened.context,
          access: { hosts: [`127.0.0.1:${port}`], keys },
          webFolder: join(packageRoot, "dist/web"),
        }).fetch,
      { hostname: "127.0.0.1", port: 26_000, tryNext: true },
    );
    onTestFinished(() => server.close());
    return `http://127.0.0.1:${server.port}`;
  }

  /** Another site: browsers take localhost and 127.0.0.1 for two. */
  async function otherSite(body: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const site = createServer((_, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);
    });
    await new Promise<void>((resolve) => site.listen(0, "localhost", resolve));
    onTestFinished(() => {
      site.closeAllConnections();
      site.close();
    });
    return `http://localhost:${(site.address() as AddressInfo).port}/`;
  }

  it("may link to a page of the app, which shows nothing to who has no token", async () => {
    const address = await serve();
    const { page, close } = await openTab(await otherSite(`<a href="${address}/indexing">study</a>`));
    await page.getByRole("link", { name: "study" }).click();
    await page.getByText("This tab does not have the key to the study").waitFor();
    await close();
  });

  it("cannot read, show or change anything", async () => {
    const address = await serve();
    const { page, close } = await openTab(await otherSite("<p>evil</p>"));
    const outcome = await page.evaluate(async (own) => {
      const spec = JSON.stringify({ inputs: ["/"], model: "demo", precision: "float32", scoring: "max" });
      const attempt = (init: RequestInit, path = "/api/indexing") =>
        fetch(own + path, init).then(
          (response) => `${response.type} ${response.status}`,
          () => "failed",
        );
      const loaded = (tag: "img" | "script" | "iframe", path: string) =>
        new Promise<string>((resolve) => {
          const element = document.createElement(tag);
          element.addEventListener("load", () => resolve("loaded"));
          element.addEventListener("error", () => resolve("failed"));
          element.setAttribute("src", own + path);
          document.body.append(element);
        });
      const form = (path: string, enctype: string, name: string) => {
        const element = document.createElement("form");
        const frame = document.createElement("iframe");
        frame.name = `frame${Math.random()}`;
        document.body.append(frame);
        Object.assign(element, { action: own + path, method: "POST", enctype, target: frame.name });
        const field = document.createElement("input");
        Object.assign(field, { name, value: "" });
        element.append(field);
        document.body.append(element);
        const answered = new Promise<string>((resolve) =>
          frame.addEventListener("load", () => resolve("answered")),
        );
        element.submit();
        return answered;
      };
      const outcome = {
        read: await attempt({}, "/api/study"),
        readPage: await attempt({}, "/"),
        post: await attempt({ method: "POST", body: spec, headers: { "content-type": "application/json" } }),
        postText: await attempt({ method: "POST", body: spec, mode: "no-cors" }),
        postNothing: await attempt({ method: "POST", mode: "no-cors" }, "/api/indexing/pause"),
        beacon: navigator.sendBeacon(`${own}/api/indexing`, spec),
        picture: await loaded("img", "/api/study"),
        script: await loaded("script", "/api/study"),
      };
      await form("/api/indexing", "text/plain", spec.replace(/"max"}$/, '"max","x":"'));
      await form("/api/indexing", "application/x-www-form-urlencoded", "inputs");
      return outcome;
    }, address);
    expect(outcome).toMatchObject({
      read: "failed",
      readPage: "failed",
      post: "failed",
      picture: "failed",
      script: "failed",
    });
    // Sent without asking, and refused.
    expect(outcome.postText).toMatch(/^(failed|opaque 0)$/);
    expect(opened.context.indexing.state()).toMatchObject({ phase: "idle", job: 0 });
    await close();
  });

  it("cannot show the app in a frame", async () => {
    const address = await serve();
    const { page, close } = await openTab(await otherSite(`<iframe src="${address}/indexing"></iframe>`));
    await expect.poll(() => page.frames().length).toBe(2);
    await page.waitForLoadState("networkidle");
    const frame = page.frames()[1];
    expect(await frame?.getByText("Add images").count()).toBe(0);
    await close();
  });

  it.for(["", "no-referrer"])(
    "may have the link with the token: it opens the study, and its address is clean (%s)",
    async (policy) => {
      const address = await serve();
      const link = `<a href="${address}/indexing?run=1#token=${keys.token}">study</a>`;
      const site = await otherSite(link, policy === "" ? {} : { "referrer-policy": policy });
      const { page, close } = await openTab(site);
      await page.getByRole("link", { name: "study" }).click();
      await page.getByRole("heading", { name: "Add images" }).waitFor();
      expect(page.url()).toBe(`${address}/indexing?run=1`);
      expect(await page.evaluate(() => document.cookie)).toBe("");
      const cookies = await page.context().cookies();
      expect(cookies).toEqual([
        expect.objectContaining({
          name: `clipbook-${new URL(address).port}`,
          httpOnly: true,
          sameSite: "Strict",
          expires: -1,
        }),
      ]);
      const stored = await page.evaluate(() => [
        ...Object.entries(sessionStorage),
        ...Object.entries(localStorage),
      ]);
      expect(stored).toEqual([["clipbook-token", keys.token]]);
      expect(cookies.map(({ value }) => value)).toEqual([keys.cookie]);
      // A reload and a second tab need no token.
      await page.reload();
      await page.getByRole("heading", { name: "Add images" }).waitFor();
      const second = await page.context().newPage();
      await second.goto(address);
      await second
        .getByRole("navigation", { name: "Screens" })
        .getByRole("link", { name: "Add images" })
        .waitFor();
      // The token is not in the way back either.
      await page.goBack();
      expect(page.url()).toBe(site);
      await close();
    },
  );

  it("get nothing with the cookie of somebody who has opened the study", async () => {
    const address = await serve();
    const { page, close } = await openTab(`${address}/#token=${keys.token}`);
    await page
      .getByRole("navigation", { name: "Screens" })
      .getByRole("link", { name: "Add images" })
      .waitFor();
    await page.goto(await otherSite("<p>evil</p>"));
    const attempts = await page.evaluate(async (own) => {
      const attempt = (init: RequestInit) =>
        fetch(`${own}/api/indexing`, { credentials: "include", ...init }).then(
          ({ type, status }) => `${type} ${status}`,
          () => "failed",
        );
      return [await attempt({}), await attempt({ method: "POST", mode: "no-cors", body: "{}" })];
    }, address);
    expect(attempts[0]).toBe("failed");
    expect(attempts[1]).toMatch(/^(failed|opaque 0)$/);
    expect(opened.context.indexing.state().job).toBe(0);
    await close();
  });
});
