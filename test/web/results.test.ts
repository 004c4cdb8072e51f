import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { freezeCodebook } from "../../src/pipeline/samples/freezeCodebook.ts";
import { codeSample } from "../pipeline/evaluation/codedRun.ts";
import { plainRun } from "../pipeline/plainRun.ts";
import { randomRun } from "../pipeline/randomRun.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { hostileNames } from "../validation/someEvaluation.ts";
import { expectAccessible, useChromium } from "./chromium.ts";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const plainNames = ["Rallies", "Posters and flyers", "Portraits"];

/** A study with two runs and a sample of the first that Anna and Ben have coded; to them every fifth image is of the next category. */
async function serve(
  spec: {
    readonly names?: readonly string[];
    readonly perCategory?: number;
    /** A category that no coder gives. */
    readonly absent?: number;
    readonly isSealed?: boolean;
    readonly isFrozen?: boolean;
  } = {},
) {
  const { names = plainNames, perCategory = 15, absent, isSealed = false, isFrozen } = spec;
  const images = names.length * 30;
  const { study, run, addRun } = await randomRun({
    ...{ units: images, pictures: images, categories: names.length, names },
  });
  await addRun({ scoring: "mean" });
  const sample = plainSample(study, run, { perCategory, isSealed });
  const codeOf = (place: number, predicted: number) => {
    const code = place % 5 === 0 ? (predicted + 1) % names.length : predicted;
    return code === absent ? 0 : code;
  };
  for (const coder of ["Anna", "Ben"]) {
    const link = coder.padEnd(22, "x");
    study.samples.addCoder({ sampleId: sample.id, coder, role: "coder", link, addedAt: sample.drawnAt });
  }
  codeSample(study, run, sample, {
    Anna: codeOf,
    Ben: (place, predicted) => (place % 11 === 0 ? "unsure" : codeOf(place, predicted)),
  });
  if (isFrozen) freezeCodebook(study, run, "2026-05-01T10:00:00.000Z");
  study.close();
  const served = await serveStudy(study.directory);
  onTestFinished(served.close);
  return served;
}

const until = (page: Page) => page.getByRole("heading", { name: "For your paper" }).waitFor();

describe("the results screen", () => {
  const openTab = useChromium();

  it.each(["light", "dark"] as const)("is accessible with hostile names, %s", async (colorScheme) => {
    const { address } = await serve({ names: hostileNames, absent: 3 });
    const { page, faults, close } = await openTab(`${address}/results?run=1&cell=1-1&compare=2`, {
      colorScheme,
    });
    await until(page);
    await page.locator(".cell-panel img").first().waitFor();
    const shown = await page.locator(".matrix tbody th bdi").allTextContents();
    for (const name of hostileNames) expect(shown).toContain(name);
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("shows the images behind a cell and goes back, by keyboard alone", async () => {
    const { address } = await serve();
    const { page, faults, close } = await openTab(`${address}/results?run=1`);
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

  it("shows what was chosen, and keeps it in the address", async () => {
    const { address } = await serve();
    const { page, faults, close } = await openTab(`${address}/results?run=1`);
    await until(page);
    await page
      .getByText("adjudicated where")
      .or(page.getByText("the majority of the coders"))
      .first()
      .waitFor();
    await page.getByLabel("What counts as true").selectOption({ label: "What Anna said" });
    await page.getByText("the codes of Anna; known for 45 images").waitFor();
    expect(new URL(page.url()).searchParams.get("coder")).toBe("Anna");
    await page.getByLabel("Figures are about").selectOption("process");
    await page.getByText("the process that the images came from (without").first().waitFor();
    expect(new URL(page.url()).searchParams.get("target")).toBe("process");
    await page.reload();
    await page.getByText("the codes of Anna; known for 45 images").waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it("compares with another run, by keyboard, in the address and in what is downloaded", async () => {
    const { address } = await serve();
    const { page, faults, close } = await openTab(`${address}/results?run=1`);
    await until(page);
    const heading = page.getByRole("heading", { name: "Is the other codebook better?" });
    expect(await heading.count()).toBe(0);
    const chooser = page.getByLabel("Compared with");
    expect(await chooser.locator("option").allTextContents()).toEqual([
      "nothing",
      expect.stringMatching(/^Run 2, .*, mean$/),
    ]);
    await chooser.focus();
    await page.keyboard.press("ArrowDown");
    await heading.waitFor();
    expect(new URL(page.url()).searchParams.get("compare")).toBe("2");
    // Of the 45 images Ben is unsure about five, which leaves them no majority.
    await page.getByText("on the 40 images that have a true category").waitFor();
    await page.getByRole("link", { name: "Other codebook" }).waitFor();
    const csv = await page.getByRole("link", { name: "figures" }).getAttribute("href");
    expect(await (await page.request.get(`${address}${csv}`)).text()).toContain(
      "accuracy of run 2 less that of run 1",
    );
    await expectAccessible(page);
    await chooser.focus();
    await page.keyboard.press("ArrowUp");
    await heading.waitFor({ state: "detached" });
    expect(new URL(page.url()).searchParams.has("compare")).toBe(false);
    expect(faults).toEqual([]);
    await close();
  });

  it("says calmly that a sealed sample is not compared with a run that is not frozen, and goes on without", async () => {
    const { address, context } = await serve({ isSealed: true, isFrozen: true });
    const { page, faults, close } = await openTab(`${address}/results?run=1&compare=2`, { mayFail: true });
    await page.getByRole("button", { name: "Open the results of run 1" }).press("Enter");
    await page.getByText("run 2 is not what was frozen (run 1)").waitFor();
    await expectAccessible(page);
    expect(context.study.samples.openings(1)).toEqual([]);
    await page.getByLabel("Compared with").selectOption({ label: "nothing" });
    await until(page);
    expect(context.study.samples.openings(1)).toHaveLength(1);
    expect(faults).toEqual([]);
    await close();
  });

  it("copies the paragraph and BibTeX, and has the files", async () => {
    const { address } = await serve();
    const { page, faults, close } = await openTab(`${address}/results?run=1`, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await until(page);
    await page.getByRole("button", { name: "Copy the paragraph" }).press("Enter");
    await page.getByText("Copied.").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await page.locator(".paragraph").textContent());
    expect(copied).toMatch(/^We classified 90 images into 3 categories .* Computed with Clipbook [\d.]+\.$/);
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
    const { address } = await serve();
    const { page, close } = await openTab(`${address}/results?run=1`);
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
    ["five categories with hostile names", hostileNames],
    ["40 categories", Array.from({ length: 40 }, (_, i) => `Category ${i}`)],
  ])("never scrolls sideways on a phone: %s", async (_, names) => {
    const { address } = await serve({ names, perCategory: 5 });
    const { page, faults, close } = await openTab(`${address}/results?run=1&compare=2`, phone);
    await until(page);
    await page.getByRole("heading", { name: "Is the other codebook better?" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(faults).toEqual([]);
    await close();
  });

  it("says what to do about a sealed sample before the codebook is frozen, and asks for nothing", async () => {
    const { address } = await serve({ isSealed: true });
    const { page, faults, close } = await openTab(`${address}/results`);
    await page.getByRole("heading", { name: "The sample test is sealed" }).waitFor();
    await page.getByText("clipbook freeze").waitFor();
    expect(await page.getByRole("button", { name: /Open/ }).count()).toBe(0);
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("opens a sealed sample only when told to, because openings are counted", async () => {
    const { address } = await serve({ isSealed: true, isFrozen: true });
    const { page, faults, close } = await openTab(`${address}/results?run=1`);
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
