import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { classifyAgain } from "../../src/pipeline/classifyAgain.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { useChromium } from "./chromium.ts";
import { makeDemoStudy } from "./demoStudy.ts";

/** Where the parts of a screen are and how they look, as far as styles decide it. */
function looksOf(page: Page, selector: string) {
  return page.locator(selector).evaluateAll((parts) =>
    parts.slice(0, 40).map((part) => {
      const { x, width, height } = part.getBoundingClientRect();
      const { fontSize, fontFamily, color, backgroundColor, display } = getComputedStyle(part);
      const box = [x, width, height].map(Math.round);
      return [part.className, ...box, fontSize, fontFamily, color, backgroundColor, display];
    }),
  );
}

const screens = [
  { name: "Overview", path: "/", ready: ".image-grid img", parts: ".gallery-side *, .gallery-main h2" },
  { name: "Codebook", path: "/codebook", ready: ".effect-headline strong", parts: ".codebook *" },
  { name: "Review", path: "/review", ready: "#content form", parts: "#content *" },
  { name: "Sample", path: "/sample", ready: ".plan-table", parts: "#content *" },
  { name: "Add images", path: "/indexing", ready: "#content form", parts: "#content *" },
] as const;

describe("going from screen to screen", () => {
  const openTab = useChromium();
  let folder: string;
  let served: Awaited<ReturnType<typeof serveStudy>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-screens-"));
    await makeDemoStudy(folder, 42);
    served = await serveStudy(folder);
  });

  afterAll(async () => {
    expect(served.faults).toEqual([]);
    await served.close();
    rmSync(folder, { recursive: true });
  });

  it("leaves each as it looks when it is opened first: no screen's styles reach another", async () => {
    const fresh = new Map<string, unknown>();
    for (const { name, path, ready, parts } of screens) {
      const { page, close } = await openTab(`${served.address}${path}`);
      await page.locator(ready).first().waitFor();
      fresh.set(name, await looksOf(page, parts));
      await close();
    }
    const { page, faults, close } = await openTab(served.address);
    const navigation = page.getByRole("navigation", { name: "Screens" });
    // Twice: the second time every screen's styles are there.
    for (const { name, ready, parts } of [...screens, ...screens]) {
      await navigation.getByRole("link", { name }).click();
      await page.locator(ready).first().waitFor();
      await expect.poll(() => looksOf(page, parts)).toEqual(fresh.get(name));
      expect(await page.title()).toContain(name);
    }
    expect(faults).toEqual([]);
    await close();
  });

  it("keeps the run that a category was chosen of in the address, also when a newer one comes", async () => {
    const { page, close } = await openTab(`${served.address}/?category=1`);
    await expect.poll(() => new URL(page.url()).searchParams.get("run")).toBe("1");
    const { study, phraseEncoder } = served.context;
    const run = study.runs.maybeGet(1);
    if (run === undefined) throw new Error("the demo's run is gone");
    const codebook = await loadCodebook(join(folder, "codebook.yaml"));
    await classifyAgain({ study, phraseEncoder, run, codebook });
    await page.reload();
    await page.locator(".image-grid img").first().waitFor();
    expect(await page.getByRole("combobox", { name: "Run" }).inputValue()).toBe("1");
    await close();
  });

  it("says what is wrong with a run's number that is none, and leads on", async () => {
    const { page, faults, close } = await openTab(`${served.address}/?run=abc`);
    await page.getByRole("heading", { name: "The study has no run abc" }).waitFor();
    await page.getByRole("link", { name: /newest one/ }).click();
    await page.locator(".image-grid img").first().waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it("reviews also where the browser keeps nothing for a site", async () => {
    const { page, faults, close } = await openTab(`${served.address}/codebook`);
    await page.addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException("blocked", "SecurityError");
          },
        });
      }
    });
    await page.goto(`${served.address}/review?kind=random&n=2&seed=1`);
    await page.getByLabel("Your name").fill("Ana");
    await page.getByLabel("Your name").press("Enter");
    await page.locator(".stage img.now").waitFor();
    await page.keyboard.press("n");
    await page.keyboard.type("a note");
    await page.keyboard.press("Escape");
    expect(faults).toEqual([]);
    await close();
  });
});
