import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Evaluation } from "../../src/validation/evaluation.ts";
import { plainRun } from "../pipeline/plainRun.ts";
import { type PlainSampleSpec, plainSample } from "../pipeline/samples/plainSample.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { hostileNames, someEvaluation } from "../validation/someEvaluation.ts";
import { expectAccessible, useChromium } from "./chromium.ts";

// The pictures of these runs were never there: the screen says so.
const mayFail = true;
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** A study with a sample, whose evaluation is not computed but given. */
async function serve(evaluation: Evaluation, spec: PlainSampleSpec & { readonly isFrozen?: boolean } = {}) {
  const { folder, study, run } = plainRun({ sizes: [9, 9, 9] });
  const sample = plainSample(study, run, { perCategory: 4, ...spec });
  study.samples.addCoder({
    sampleId: sample.id,
    coder: "Anna",
    role: "coder",
    link: "a".repeat(22),
    addedAt: "2026-05-01T09:00:00.000Z",
  });
  if (spec.isFrozen)
    study.samples.addFreeze({ runId: run.id, sha256: "0".repeat(64), frozenAt: "2026-05-01T10:00:00.000Z" });
  study.close();
  const served = await serveStudy(folder, { evaluate: async () => evaluation });
  onTestFinished(served.close);
  return served;
}

const until = (page: Page) => page.getByRole("heading", { name: "For your paper" }).waitFor();

describe("the results screen", () => {
  const openTab = useChromium();

  it.each(["light", "dark"] as const)("is accessible with hostile names, %s", async (colorScheme) => {
    const { address } = await serve(
      someEvaluation({ categories: hostileNames, imagesPerCategory: 30, absent: [3] }),
    );
    const { page, faults, close } = await openTab(`${address}/results?cell=1-1`, { mayFail, colorScheme });
    await until(page);
    await page.locator(".cell-panel .no-picture").first().waitFor();
    for (const name of hostileNames)
      expect(await page.locator(".matrix tbody th bdi").allTextContents()).toContain(name);
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("shows the images behind a cell and goes back, by keyboard alone", async () => {
    const { address } = await serve(someEvaluation());
    const { page, faults, close } = await openTab(`${address}/results`, { mayFail });
    await until(page);
    const cell = page.getByRole("button", { name: /truly Rallies, predicted as Portraits$/ });
    await cell.focus();
    await page.keyboard.press("Enter");
    const heading = page.getByRole("heading", { name: "truly: Rallies, predicted as Portraits" });
    await heading.waitFor();
    await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(new URL(page.url()).searchParams.get("cell")).toBe("1-3");
    const said = Number(await cell.locator("b").textContent());
    expect(said).toBeGreaterThan(0);
    expect(await page.locator(".cell-panel li").count()).toBe(said);
    await page.keyboard.press("Escape");
    await heading.waitFor({ state: "detached" });
    expect(await cell.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(faults).toEqual([]);
    await close();
  });

  it("asks the server for what was chosen, and keeps it in the address", async () => {
    const { address } = await serve(someEvaluation());
    const { page, faults, close } = await openTab(`${address}/results`, { mayFail });
    await until(page);
    const asked = page.waitForRequest(
      (request) => request.url().includes("/evaluation?") && request.url().includes("gold=coder"),
    );
    await page.getByLabel("What counts as true").selectOption({ label: "What Anna said" });
    const query = new URL((await asked).url()).searchParams;
    expect([query.get("gold"), query.get("coder"), query.get("run")]).toEqual(["coder", "Anna", "1"]);
    expect(new URL(page.url()).searchParams.get("coder")).toBe("Anna");
    const again = page.waitForRequest((request) => request.url().includes("target=process"));
    await page.getByLabel("Figures are about").selectOption("process");
    await again;
    expect(faults).toEqual([]);
    await close();
  });

  it("copies the paragraph and BibTeX, and has the files", async () => {
    const evaluation = someEvaluation();
    const { address } = await serve(evaluation);
    const { page, faults, close } = await openTab(`${address}/results`, {
      mayFail,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await until(page);
    await page.getByRole("button", { name: "Copy the paragraph" }).press("Enter");
    await page.getByText("Copied.").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(evaluation.methods.paragraph);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "report as a page" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("clipbook-evaluation.html");
    expect(await download.failure()).toBeNull();
    expect(faults).toEqual([]);
    await close();
  });

  it("copies by a selection where there is no clipboard", async () => {
    const { address } = await serve(someEvaluation());
    const { page, close } = await openTab(`${address}/results`, { mayFail });
    await until(page);
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    const button = page.getByRole("button", { name: "Copy the BibTeX" });
    await button.press("Enter");
    await page.getByText("Copied.").waitFor();
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.locator("textarea").count()).toBe(0);
    await close();
  });

  it.each([
    [
      "five categories with hostile names",
      someEvaluation({ categories: hostileNames, imagesPerCategory: 20 }),
    ],
    [
      "40 categories",
      someEvaluation({
        categories: Array.from({ length: 40 }, (_, i) => `Category ${i}`),
        imagesPerCategory: 5,
      }),
    ],
  ])("never scrolls sideways on a phone: %s", async (_, evaluation) => {
    const { address } = await serve(evaluation);
    const { page, faults, close } = await openTab(`${address}/results`, { mayFail, ...phone });
    await until(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(faults).toEqual([]);
    await close();
  });

  it("says what to do about a sealed sample before the codebook is frozen, and asks for nothing", async () => {
    const { address } = await serve(someEvaluation(), { isSealed: true });
    const { page, faults, close } = await openTab(`${address}/results`);
    await page.getByRole("heading", { name: "The sample test is sealed" }).waitFor();
    await page.getByText("clipbook freeze").waitFor();
    expect(await page.getByRole("button", { name: /Open/ }).count()).toBe(0);
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("opens a sealed sample only when told to, because openings are counted", async () => {
    const { address } = await serve(someEvaluation(), { isSealed: true, isFrozen: true });
    const { page, faults, close } = await openTab(`${address}/results`, { mayFail });
    const asked: string[] = [];
    page.on(
      "request",
      (request) => void (request.url().includes("/evaluation?") && asked.push(request.url())),
    );
    const open = page.getByRole("button", { name: "Open the results of run 1" });
    await open.waitFor();
    await expectAccessible(page);
    expect(asked).toEqual([]);
    await open.press("Enter");
    await until(page);
    expect(asked).toHaveLength(1);
    expect(faults).toEqual([]);
    await close();
  });

  it("says how to get results where no sample was drawn", async () => {
    const { folder, study } = plainRun({ sizes: [9] });
    study.close();
    const { address, close: stop } = await serveStudy(folder);
    onTestFinished(stop);
    const { page, faults, close } = await openTab(`${address}/results`);
    await page.getByRole("heading", { name: "There are no results yet" }).waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });
});
