import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveStudy } from "../server/serveStudy.ts";
import { useChromium } from "./chromium.ts";
import { focusedText, shownNames } from "./galleryPage.ts";
import { makeLargeStudy } from "./largeStudy.ts";

const count = 100_000;

/** As many cells as two screens hold: what is in sight, some rows more, and the one with the focus. */
const mostCells = 90;

/** The cells that exist: index in the listing, name, and where their tops are on the screen. */
async function cellsOf(page: Page) {
  return page.locator(".image-grid .cell").evaluateAll((cells) =>
    cells.map((cell) => {
      const row = Number(cell.parentElement?.getAttribute("aria-rowindex")) - 1;
      const columns = Number(cell.closest("table")?.getAttribute("aria-colcount"));
      const index = row * columns + Number(cell.getAttribute("aria-colindex")) - 1;
      const { top, bottom } = cell.getBoundingClientRect();
      const isInSight = bottom > 0 && top < innerHeight;
      return { index, top, isInSight, name: cell.querySelector(".name")?.getAttribute("title") };
    }),
  );
}

/** Waits until every cell in sight has its unit. */
async function filled(page: Page) {
  await page.waitForFunction(() => {
    const cells = [...document.querySelectorAll(".image-grid .cell")].filter((cell) => {
      const { top, bottom } = cell.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    });
    return cells.length > 0 && cells.every((cell) => cell.querySelector(".name") !== null);
  });
  return cellsOf(page);
}

describe("a grid of 100,000 images", () => {
  const openTab = useChromium();
  let folder: string;
  let served: Awaited<ReturnType<typeof serveStudy>>;
  let names: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-grid-"));
    await makeLargeStudy(folder, count);
    served = await serveStudy(folder);
    // As the study itself sorts them, without anything of the gallery.
    const rows = [...served.context.study.runs.rows(1)].sort(
      (a, b) =>
        (b.prediction?.probability ?? 0) - (a.prediction?.probability ?? 0) || a.position - b.position,
    );
    names = rows.map(({ unit }) => unit.name);
  });

  afterAll(async () => {
    expect(served.faults).toEqual([]);
    await served.close();
    rmSync(folder, { recursive: true });
  });

  async function expectRight(page: Page) {
    const cells = await filled(page);
    expect(cells.length).toBeLessThan(mostCells);
    for (const { index, name, isInSight } of cells)
      if (isInSight) expect([index, name]).toEqual([index, names[index]]);
    return cells.filter(({ isInSight }) => isInSight);
  }

  it("jumps to its end and back by key, the cells there are the right ones, and few exist at any time", async () => {
    const { page, faults, close } = await openTab(served.address);
    await shownNames(page);
    expect((await expectRight(page))[0]?.index).toBe(0);
    await page.locator(".image-grid a").first().focus();
    await page.keyboard.press("End");
    const atEnd = await expectRight(page);
    expect(atEnd.at(-1)?.index).toBe(count - 1);
    expect(await focusedText(page)).toContain(names.at(-1)?.split("/").at(-1));
    await page.keyboard.press("PageUp");
    await expectRight(page);
    expect(await page.evaluate(() => document.activeElement?.closest(".image-grid") !== null)).toBe(true);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").locator(".frame img.here").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const open = await focusedText(page);
    expect(names.slice(-40).some((name) => open.includes(name.split("/").at(-1) as string))).toBe(true);
    await page.keyboard.press("Home");
    expect((await expectRight(page))[0]?.index).toBe(0);
    expect(await focusedText(page)).toContain(names[0]?.split("/").at(-1));
    expect(faults).toEqual([]);
    await close();
  });

  it("scrolls anywhere, and asks for what it passes neither units nor pictures", async () => {
    const { page, faults, close } = await openTab(served.address);
    await shownNames(page);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const most = await page.evaluate(async () => {
      let cells = 0;
      const end = document.documentElement.scrollHeight - innerHeight;
      for (let step = 1; step <= 60; step++) {
        scrollTo(0, (end * step) / 100);
        await new Promise((resolve) => requestAnimationFrame(resolve));
        cells = Math.max(cells, document.querySelectorAll(".image-grid .cell").length);
      }
      return cells;
    });
    expect(most).toBeLessThan(mostCells);
    const cells = await expectRight(page);
    expect((cells[0]?.index ?? 0) / count).toBeCloseTo(0.6, 1);
    expect(asked.filter((url) => url.includes("/units?")).length).toBeLessThan(8);
    expect(asked.filter((url) => url.includes("/thumbnail?")).length).toBeLessThan(mostCells * 2);
    expect(faults).toEqual([]);
    await close();
  });

  it("leaves the focus where it is while the page is scrolled away from it, and goes on from there", async () => {
    const { page, close } = await openTab(served.address);
    await shownNames(page);
    await page.locator(".image-grid a").nth(6).focus();
    const before = await focusedText(page);
    await page.evaluate(() => scrollTo(0, 2_000_000));
    await expectRight(page).catch(() => filled(page));
    expect(await focusedText(page)).toBe(before);
    await page.keyboard.press("ArrowRight");
    expect(await focusedText(page)).toContain(names[7]?.split("/").at(-1));
    const active = (await cellsOf(page)).find(({ index }) => index === 7);
    expect(active?.isInSight).toBe(true);
    await close();
  });

  it("is higher than browsers scroll on a telephone: small steps go pixel by pixel, leaps by the share, and all come to the end", async () => {
    const { page, faults, close } = await openTab(served.address, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await shownNames(page);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height).toBeGreaterThan(7_000_000);
    expect(height).toBeLessThan(9_000_000);
    await page.evaluate((top) => scrollTo(0, top), height / 2);
    const middle = await expectRight(page);
    expect((middle[0]?.index ?? 0) / count).toBeCloseTo(0.5, 2);
    const [first] = middle;
    await page.evaluate(() => scrollBy(0, 120));
    await page.waitForTimeout(200);
    const moved = (await expectRight(page)).find(({ index }) => index === (first?.index ?? 0) + 2);
    const earlier = middle.find(({ index }) => index === (first?.index ?? 0) + 2);
    expect((earlier?.top ?? 0) - (moved?.top ?? 0)).toBeCloseTo(120, 0);
    await page.evaluate((top) => scrollTo(0, top), height);
    expect((await expectRight(page)).at(-1)?.index).toBe(count - 1);
    await page.locator(".image-grid a").last().focus();
    await page.keyboard.press("Home");
    expect((await expectRight(page))[0]?.index).toBe(0);
    await page.keyboard.press("PageDown");
    await expectRight(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("keeps what is in sight when the window becomes narrower or wider", async () => {
    const { page, close } = await openTab(served.address);
    await shownNames(page);
    await page.evaluate(() => scrollTo(0, 1_000_000));
    const [before] = await expectRight(page);
    for (const size of [
      { width: 700, height: 900 },
      { width: 390, height: 844 },
      { width: 1600, height: 900 },
    ]) {
      await page.setViewportSize(size);
      await page.waitForTimeout(300);
      const [after] = await expectRight(page);
      // A row may hold units of two rows before.
      expect(Math.abs((after?.index ?? 0) - (before?.index ?? 0))).toBeLessThan(16);
    }
    await close();
  });

  it("begins at its beginning when another category is chosen", async () => {
    const { page, close } = await openTab(served.address);
    await shownNames(page);
    await page.evaluate(() => scrollTo(0, 1_000_000));
    await expectRight(page);
    await page
      .getByRole("navigation", { name: "Categories" })
      .getByRole("link", { name: /^Ships/ })
      .click();
    await page.waitForFunction(
      () => document.querySelector('.image-grid tr[aria-rowindex="1"] .name') !== null && scrollY < 500,
    );
    const [first] = await filled(page);
    expect(first?.index).toBe(0);
    expect(first?.top).toBeGreaterThan(0);
    await close();
  });
});
