import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { createAccessKeys } from "../../src/server/accessKeys.ts";
import { createApp } from "../../src/server/createApp.ts";
import { startServer } from "../../src/server/startServer.ts";
import { contextOf } from "../server/serveStudy.ts";
import { useChromium } from "./chromium.ts";
import { makeDemoStudy } from "./demoStudy.ts";

const notice = "This tab does not have the key to the study";

describe("who may do what, in Chromium", () => {
  const openTab = useChromium();
  let folder: string;
  let opened: ReturnType<typeof contextOf>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-web-"));
    await makeDemoStudy(folder, 14);
    copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
    opened = contextOf(folder);
  });

  afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });

  /** Starts the server, as after a crash on the port that it had. */
  async function start(port?: number) {
    const keys = createAccessKeys();
    const server = await startServer(
      (at) =>
        createApp({
          context: opened.context,
          access: { hosts: [`127.0.0.1:${at}`], keys },
          webFolder: join(packageRoot, "dist/web"),
        }).fetch,
      { hostname: "127.0.0.1", port: port ?? 28_000, tryNext: port === undefined },
    );
    let isOpen = true;
    const close = async () => {
      if (isOpen) await server.close();
      isOpen = false;
    };
    onTestFinished(close);
    return { keys, close, port: server.port, address: `http://127.0.0.1:${server.port}` };
  }

  const heading = (page: Page) => page.locator(".image-grid .name").first();

  /** Waits for the screen behind the token: pictures need the cookie, all else the token. */
  async function untilOpen(page: Page): Promise<void> {
    await heading(page).waitFor();
    await page.waitForFunction(() => [...document.images].some((image) => image.naturalWidth > 0));
    expect(await page.getByText(notice).count()).toBe(0);
  }

  it("the whole address opens the study once and for this tab; its screens keep to a policy without 'self'", async () => {
    const { address, keys } = await start();
    const { page, faults, close } = await openTab(`${address}/?category=0#token=${keys.token}`);
    await untilOpen(page);
    expect(new URL(page.url()).hash).toBe("");
    // Each screen's scripts and styles are fetched when it is first opened.
    for (const name of ["Review", "Codebook", "Sample", "Results", "Add images", "Overview"]) {
      await page.getByRole("link", { name, exact: true }).first().click();
      await page.locator("main h1, main h2").first().waitFor();
    }
    const sheets = await page.evaluate(() =>
      [...document.styleSheets].map(({ cssRules }) => cssRules.length),
    );
    expect(sheets.length).toBeGreaterThan(3);
    for (const rules of sheets) expect(rules).toBeGreaterThan(0);
    await page.reload();
    await page.getByRole("link", { name: "Overview", exact: true }).click();
    await untilOpen(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("what gets into a page is not run: no script, handler or style without the nonce", async () => {
    const { address, keys } = await start();
    const { page, close } = await openTab(`${address}/#token=${keys.token}`, { mayFail: true });
    await untilOpen(page);
    const outcome = await page.evaluate(async () => {
      const page = window as unknown as { ran?: string[] };
      page.ran = [];
      const box = document.createElement("div");
      box.innerHTML = `<img src="data:," onerror="ran.push('handler')"><a href="javascript:ran.push('link')">x</a>
        <style>body { outline: 7px solid red }</style><p style="outline: 7px solid red"></p>`;
      document.body.append(box);
      const parsed = new DOMParser().parseFromString("<script>ran.push('inline')</script>", "text/html");
      document.body.append(document.importNode(parsed.querySelector("script") as Node, true));
      box.querySelector("a")?.click();
      await new Promise((resolve) => setTimeout(resolve, 100));
      const outlines = [document.body, box.querySelector("p") as Element].map(
        (element) => getComputedStyle(element).outlineWidth,
      );
      return { ran: page.ran, isStyled: outlines.includes("7px") };
    });
    expect(outcome).toEqual({ ran: [], isStyled: false });
    await close();
  });

  it("a code opens it once; who comes later reads why it does not", async () => {
    const { address, keys } = await start();
    const code = keys.newCode();
    const first = await openTab(`${address}/?category=0#code=${code}`);
    await untilOpen(first.page);
    await first.close();
    const later = await openTab(`${address}/?category=0#code=${code}`, { mayFail: true });
    await later.page.getByText("this address was opened before").waitFor();
    await later.page.getByText(notice).waitFor();
    expect(await later.page.locator("img").count()).toBe(0);
    await later.close();
  });

  it("another tab of the same browser asks the first one, and another browser gets nothing", async () => {
    const { address, keys } = await start();
    const { page, close } = await openTab(`${address}/?category=0#token=${keys.token}`);
    await untilOpen(page);
    const second = await page.context().newPage();
    await second.goto(`${address}/?category=0`);
    await untilOpen(second);
    expect(await second.evaluate(() => sessionStorage.getItem("clipbook-token"))).toBe(keys.token);
    // Without another tab the cookie is left: the new one can look.
    await page.close();
    await second.evaluate(() => sessionStorage.clear());
    await second.reload();
    await second.getByText(notice).waitFor();
    await heading(second).waitFor();
    await close();
    const stranger = await openTab(`${address}/?category=0`, { mayFail: true });
    await stranger.page.getByText("this study is open for those who have its whole address").waitFor();
    expect(await stranger.page.locator("img").count()).toBe(0);
    await stranger.close();
  });

  it("after a restart a tab keeps what was typed, says what to do, and goes on once the new address is open", async () => {
    const first = await start();
    const { page, close } = await openTab(`${first.address}/codebook#token=${first.keys.token}`, {
      mayFail: true,
    });
    const name = page.getByLabel("Name of the category").first();
    await name.fill("Typed before the end");
    await first.close();
    const again = await start(first.port);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(notice).waitFor();
    expect(await name.inputValue()).toBe("Typed before the end");
    const other = await page.context().newPage();
    await other.goto(`${again.address}/#token=${again.keys.token}`);
    await page.getByText(notice).waitFor({ state: "detached" });
    expect(await name.inputValue()).toBe("Typed before the end");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect
      .poll(() => readFileSync(opened.context.codebookPath, "utf8"))
      .toContain("Typed before the end");
    await close();
  });
});
