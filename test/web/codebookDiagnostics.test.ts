import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordCoding } from "../../src/pipeline/samples/recordCoding.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { askApp } from "../server/askApp.ts";
import { expectAccessible, useChromium } from "./chromium.ts";
import {
  boardCodebook,
  expectNoSidewaysScrolling,
  makeBoardStudy,
  numbersAreHere,
  phraseField,
} from "./codebook/boardStudy.ts";

const hostileName = `<b>pilot</b> "1" שלום 😀`;

describe("diagnostics beside the board, in Chromium", () => {
  const openTab = useChromium();
  let study: Awaited<ReturnType<typeof makeBoardStudy>>;

  beforeAll(async () => {
    study = await makeBoardStudy();
  });

  afterAll(() => study.remove());

  /** The board with the run's own codebook, a coded pilot sample, a coded test sample and a sealed one. */
  const serve = () =>
    study.serveCopy(boardCodebook, {}, (folder) => {
      const opened = openStudy(folder);
      const run = opened.runs.maybeNewest();
      if (run === undefined) throw new Error("no run");
      const names = run.codebook.categories.map(({ name }) => name);
      for (const [name, purpose, isSealed] of [
        [hostileName, "pilot", false],
        ["final", "test", false],
        ["secret", "test", true],
      ] as const) {
        const sample = plainSample(opened, run, { name, purpose, isSealed, perCategory: 4 });
        for (const { place } of opened.samples.members(sample.id)) {
          recordCoding(opened, sample, {
            place,
            coder: "Ada",
            role: "coder",
            variable: "category",
            answer: "category",
            value: names[place % names.length],
            note: "",
            seconds: 2,
            source: "screen",
            codedAt: "2026-05-02T08:00:00.000Z",
            seen: 0,
          });
        }
      }
      opened.close();
    });

  const isHere = (page: Page) => page.getByRole("heading", { name: "Worth a look" }).waitFor();

  it("is opened and read by keyboard, names the sample, and shows the figures at the phrases", async () => {
    const served = await serve();
    const { page, faults, close } = await openTab(served.url);
    await numbersAreHere(page);
    const [pilot, final] = served.context.study.samples.list();
    expect(served.context.study.samples.openings(pilot?.id ?? 0)).toEqual([]);
    await page.getByRole("link", { name: "Diagnostics" }).focus();
    await page.keyboard.press("Enter");
    await isHere(page);
    const answer = await (await askApp(`${served.address}/api/runs/1/diagnostics`)).json();
    const panel = page.getByRole("complementary", { name: "Diagnostics" });
    expect(await panel.textContent()).toContain(`coded images of ${hostileName}, by the codes of Ada`);
    expect(await panel.locator(".weak-points li").count()).toBe(answer.weakPoints.length);
    const tables = panel.locator(".figures-table");
    expect(await tables.first().locator("tbody tr").count()).toBe(3);
    expect(await tables.last().locator("tbody tr").count()).toBe(8);
    expect(await panel.textContent()).toContain(answer.templates.alpha.alpha.toFixed(3));
    // A phrase that the run has carries its figures; the board's own codebook has others.
    const shared = answer.phrases.find(({ text }: { text: string }) =>
      text.startsWith("A distinct promotional poster"),
    );
    const line = page.locator(".phrase", { hasText: "without it" }).locator(".phrase-diagnosis");
    const texts = await line.allTextContents();
    expect(
      texts.some((text) => text.includes(`${(100 * shared.without.share).toFixed(1)}% of the images move`)),
    ).toBe(true);
    // A weak point leads to its phrase, or says that the board's codebook has it no more.
    const show = (text: string) => panel.getByRole("button", { name: `Show on the board: ${text}` }).first();
    await show("A large assembly of supporters").focus();
    await page.keyboard.press("Enter");
    expect(
      await phraseField(page, "Political Events", 1).evaluate((field) => field === document.activeElement),
    ).toBe(true);
    await show("An informal or candid shot").click();
    await page.getByText("The phrase is not on the board any more.").waitFor();
    // The other sample, from the keyboard; sealed ones are not offered.
    const choice = panel.getByLabel("Judged by the coded images of");
    expect(await choice.locator("option").allTextContents()).toEqual([
      "the newest pilot or reliability sample",
      "final (test)",
      `${hostileName} (pilot)`,
    ]);
    await choice.focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForURL(/sample=final/u);
    await panel.getByText("coded images of final").waitFor();
    expect(served.context.study.samples.openings(final?.id ?? 0)).toMatchObject([{ how: "check" }]);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".panel").count()).toBe(0);
    // The figures stay at the phrases, but not at a phrase that was changed.
    const before = await page.locator(".phrase-diagnosis").count();
    expect(before).toBe(texts.length);
    await phraseField(page, "Campaign Material", 2).fill("A poster");
    await expect.poll(() => page.locator(".phrase-diagnosis").count()).toBe(before - 1);
    expect(faults).toEqual([]);
    expect(served.faults).toEqual([]);
    await close();
    await served.close();
  });

  it("leaves a sealed sample closed, and says what is wrong with a name that is none", async () => {
    const served = await serve();
    const { page, close } = await openTab(`${served.url}?panel=diagnostics&sample=secret`, { mayFail: true });
    await isHere(page);
    await page.getByText('No gold figures: sample "secret" is sealed').waitFor();
    expect(await page.locator(".figures-table").count()).toBe(1);
    const secret = served.context.study.samples.maybeByName("secret");
    expect(served.context.study.samples.openings(secret?.id ?? 0)).toEqual([]);
    await page.goto(`${served.url}?panel=diagnostics&sample=nothing`);
    await page.getByRole("alert").getByText('there is no sample "nothing"').waitFor();
    await close();
    await served.close();
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`is accessible and fits a phone (${colorScheme})`, async () => {
      const served = await serve();
      const { page, faults, close } = await openTab(`${served.url}?panel=diagnostics`, { colorScheme });
      await isHere(page);
      await numbersAreHere(page);
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectNoSidewaysScrolling(page);
      await expectAccessible(page);
      expect(faults).toEqual([]);
      await close();
      await served.close();
    });
  }
});
