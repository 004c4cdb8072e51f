import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { writeOfflineCoding } from "../../src/pipeline/samples/writeOfflineCoding.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { codingOrder } from "../../src/validation/codingOrder.ts";
import type { CodingsContent } from "../../src/validation/codingsFile.ts";
import { readCodingsFile } from "../../src/validation/readCodingsFile.ts";
import { useChromium } from "./chromium.ts";
import { makeOfflineStudy } from "./offlineStudy.ts";

/** Who codes. */
export const coder = `Ann "O'Neill" <ann>`;

/** How many there are to code. */
export const images = 8;

/** A coding page on the disk for the tests of a `describe`, and how to open it without a network. */
export function useOfflinePage() {
  const openTab = useChromium();
  const made = { folder: "", sample: "", address: "", order: [] as readonly string[] };
  beforeAll(async () => {
    made.folder = mkdtempSync(join(tmpdir(), "clipbook-offline-"));
    made.sample = (await makeOfflineStudy(made.folder, images)).sample;
    const study = openStudy(made.folder);
    const drawn = study.samples.maybeByName(made.sample);
    if (drawn === undefined) throw new Error("no sample");
    const written = await writeOfflineCoding(study, drawn, [coder], join(made.folder, "pages"), {
      now: "2026-05-02T08:00:00.000Z",
    });
    const members = study.samples.members(drawn.id);
    made.order = codingOrder(images, drawn, coder).map((place) => members[place]?.sha256 as string);
    study.close();
    made.address = pathToFileURL(written.files[0]?.path as string).href;
  });
  afterAll(() => rmSync(made.folder, { recursive: true, force: true }));
  return {
    made,
    open: async (options: BrowserContextOptions & { readonly mayFail?: boolean } = {}) => {
      const tab = await openTab(made.address, options);
      await tab.page.context().setOffline(true);
      return tab;
    },
    exported: async (page: Page): Promise<{ path: string; content: CodingsContent }> => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Export codings" }).press("Enter");
      const file = await download;
      expect(file.suggestedFilename()).toBe("Blind-one-two--Ann-O-Neill-ann-codings.json");
      const path = join(made.folder, `returned-${Math.random()}.json`);
      await file.saveAs(path);
      return { path, content: readCodingsFile(JSON.parse(readFileSync(path, "utf8")), path) };
    },
  };
}

/** Waits until the picture can be seen: before that no answer is taken. */
export async function settled(page: Page): Promise<void> {
  await page.locator(".stage[aria-busy=false]").waitFor();
}

/** Presses keys, each for a picture that can be seen. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await settled(page);
    await page.keyboard.press(key);
  }
}

/** How much is coded, as the page says it. */
export async function progress(page: Page): Promise<string | null> {
  return page.locator(".progress p").textContent();
}
