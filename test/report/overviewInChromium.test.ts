import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { renderOverview } from "../../src/report/renderOverview.tsx";
import { exampleOverview } from "./exampleOverview.ts";

const CHROMIUM = "/usr/bin/chromium";
const installed = existsSync(CHROMIUM);

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(2)>`;

const hostile = renderOverview(
  exampleOverview({
    isReviewed: true,
    title: HOSTILE,
    imageName: (index) => (index % 2 === 0 ? `${HOSTILE}${index}.jpg` : `${"n".repeat(296)}.jpg`),
    categories: [
      { name: HOSTILE, description: HOSTILE, phrases: [HOSTILE, `${"word ".repeat(199)}end.`], count: 20 },
      { name: "x".repeat(300), phrases: ["y".repeat(1000)], count: 10 },
      { name: "مظاهرات وتجمعات", phrases: ["صورة لحشد من الناس"], count: 5 },
    ],
    failures: [{ name: `${"f".repeat(300)}.jpg`, code: "truncated", sentence: HOSTILE }],
  }),
);

describe("the overview in Chromium", () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    if (!installed) return;
    folder = await mkdtemp(join(tmpdir(), "clipbook-overview-"));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-quic"] });
  });

  afterAll(async () => {
    if (!installed) return;
    await browser.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(({ skip }) => skip(!installed, `Chromium is not installed at ${CHROMIUM}`));

  /** Opens a page from disk and keeps what it did that it must not do. */
  async function open(html: string, options: BrowserContextOptions = {}) {
    const file = join(folder, "overview.html");
    await writeFile(file, html);
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const faults: string[] = [];
    const address = pathToFileURL(file).href;
    page.on("dialog", async (dialog) => {
      faults.push(`dialog ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on("pageerror", (error) => faults.push(`error ${error.message}`));
    page.on("console", (message) => faults.push(`console ${message.text()}`));
    page.on("request", (request) => {
      const url = request.url();
      if (url !== address && !url.startsWith("data:")) faults.push(`request ${url}`);
    });
    await page.goto(address);
    return { page, faults, close: () => context.close() };
  }

  const backgroundOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  it("runs nothing, asks for nothing and breaks no rule of its policy, whatever the names are", async () => {
    const { page, faults, close } = await open(hostile);
    expect(await page.evaluate(() => document.scripts.length)).toBe(0);
    expect(await page.locator("h1").textContent()).toBe(HOSTILE);
    expect(faults).toEqual([]);
    await close();
  });

  it("is safe by its escaping alone, without the policy", async () => {
    const { page, faults, close } = await open(hostile, { bypassCSP: true });
    expect(await page.locator("h1").textContent()).toBe(HOSTILE);
    expect(faults).toEqual([]);
    await close();
  });

  it.each([390, 820, 1280])("never scrolls sideways, %i pixels wide", async (width) => {
    const { page, close } = await open(hostile, { viewport: { width, height: 844 } });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await close();
  });

  it("keeps the contents in sight while it scrolls, on a phone and on a screen", async () => {
    for (const width of [390, 1280]) {
      const { page, close } = await open(hostile, { viewport: { width, height: 844 } });
      await page.evaluate(() => scrollTo({ top: 3000, behavior: "instant" }));
      expect(await page.evaluate(() => scrollY)).toBeGreaterThan(2000);
      const box = await page.locator("nav").boundingBox();
      expect(box?.y).toBe(0);
      await close();
    }
  });

  it("unfolds by keyboard without any script", async () => {
    const { page, close } = await open(hostile, { javaScriptEnabled: false });
    const table = page.locator("#shares table");
    expect(await table.isVisible()).toBe(false);
    await page.locator("#shares summary").last().press("Enter");
    expect(await table.isVisible()).toBe(true);
    await close();
  });

  it("is dark where the reader's system is, and light on paper even then", async () => {
    const { page, close } = await open(hostile, { colorScheme: "dark" });
    expect(await backgroundOf(page)).toBe("rgb(22, 21, 19)");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).color)).not.toBe(
      "rgb(236, 233, 227)",
    );
    expect(await page.evaluate(() => getComputedStyle(document.querySelector("h1") as Element).color)).toBe(
      "rgb(29, 28, 26)",
    );
    await close();
  });

  it("prints without contents, with folded parts open and with links as plain text", async () => {
    const { page, close } = await open(hostile);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("nav").isVisible()).toBe(false);
    expect(await page.locator("#shares table").isVisible()).toBe(true);
    expect(await page.locator("#codebook li").first().isVisible()).toBe(true);
    const decoration = await page.evaluate(() => {
      const style = getComputedStyle(document.querySelector("#close-calls a") as Element);
      return [
        style.textDecorationLine,
        getComputedStyle(document.querySelector("#close-calls a") as Element, "::after").content,
      ];
    });
    expect(decoration).toEqual(["none", "none"]);
    await close();
  });

  it("shows its pictures under its own policy", async () => {
    const { page, close } = await open(hostile);
    const loaded = await page.evaluate(() =>
      Array.from(document.images, ({ complete, naturalWidth }) => complete && naturalWidth === 1),
    );
    expect(loaded).toHaveLength(9 + 4);
    expect(loaded).not.toContain(false);
    await close();
  });
});
