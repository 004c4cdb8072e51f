import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { wholeAddress } from "../server/askApp.ts";

const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A tab that shows the app. */
export interface Tab {
  readonly page: Page;
  /** What it did that it must not do: errors, messages on the console, requests elsewhere. */
  readonly faults: string[];
  close(): Promise<void>;
}

/**
 * Starts Chromium for the tests of a `describe`, which are left out, and say so, where it is not installed.
 * @returns opens a tab at an address of the app
 */
export function useChromium(): (
  address: string,
  options?: BrowserContextOptions & { readonly mayFail?: boolean },
) => Promise<Tab> {
  const installed = existsSync(executable);
  let browser: Browser;
  beforeAll(async () => {
    if (!installed) return;
    browser = await chromium.launch({
      executablePath: executable,
      args: ["--no-sandbox", "--disable-quic", "--disable-gpu"],
    });
  });
  afterAll(async () => {
    if (installed) await browser.close();
  });
  beforeEach(({ skip }) => skip(!installed, `Chromium is not installed at ${executable}`));
  return async (address, options = {}) => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 720 },
      locale: "en-US",
      ...options,
    });
    const page = await context.newPage();
    const faults: string[] = [];
    // A file is a whole site: it may not even read its neighbours.
    const own = address.startsWith("file:") ? address : new URL(address).origin;
    page.on("pageerror", (error) => faults.push(`error ${error.message}`));
    page.on("console", (message) => {
      // Chromium itself writes a line for each answer that is an error; the test says where those are expected.
      const isAnswer = /Failed to load resource/.test(message.text());
      if (!(isAnswer && options.mayFail)) faults.push(`console ${message.text()}`);
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(own) && !/^(data|blob):/.test(url)) faults.push(`request ${url}`);
    });
    await page.goto(wholeAddress(address));
    return { page, faults, close: () => context.close() };
  };
}

/** Asserts that axe-core finds nothing on the page as it is now (WCAG 2.2 A and AA, and its best practices). */
export async function expectAccessible(page: Page): Promise<void> {
  // Not as a script element: the page's policy forbids it.
  const violations = await page.evaluate(async (source) => {
    new Function(source)();
    const { axe } = window as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
        }>;
      };
    };
    const found = await axe.run();
    return found.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html.slice(0, 300)}\n${failureSummary}`),
    }));
  }, axeSource);
  expect(violations).toEqual([]);
}
