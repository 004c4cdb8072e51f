import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatPercent } from "../../web/format.ts";
import { askApp } from "../server/askApp.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { expectAccessible, useChromium } from "./chromium.ts";
import { classifyInto } from "./classifyInto.ts";
import { makeDemoStudy } from "./demoStudy.ts";
import { focusedText, scrollsSideways, shownNames, tabTo } from "./galleryPage.ts";

const mobile = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };

describe("the overview in Chromium", () => {
  const openTab = useChromium();
  let folder: string;
  let served: Awaited<ReturnType<typeof serveStudy>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-gallery-"));
    await makeDemoStudy(folder, 60);
    served = await serveStudy(folder);
  });

  afterAll(async () => {
    expect(served.faults).toEqual([]);
    await served.close();
    rmSync(folder, { recursive: true });
  });

  /** The rows of the run as the store has them. */
  const rows = () => [...served.context.study.runs.rows(1)];
  const codebook = () => served.context.study.runs.maybeGet(1)?.codebook;

  it("shows every category with its count, share and mean probability", async () => {
    const { page, faults, close } = await openTab(served.address);
    const list = page.getByRole("navigation", { name: "Categories" });
    await list.getByText("All images").waitFor();
    for (const [index, { name }] of (codebook()?.categories ?? []).entries()) {
      const probabilities = rows()
        .filter(({ prediction }) => prediction?.category === index)
        .map(({ prediction }) => prediction?.probability ?? 0);
      const mean = probabilities.reduce((sum, probability) => sum + probability, 0) / probabilities.length;
      const told = await list.getByRole("link", { name }).innerText();
      const numbers =
        probabilities.length === 0
          ? "0.0%"
          : `${formatPercent(probabilities.length / 60)} · mean probability ${formatPercent(mean)}`;
      expect(told.split("\n").filter((line) => line !== "")).toEqual([
        name,
        String(probabilities.length),
        numbers,
      ]);
    }
    expect(faults).toEqual([]);
    await close();
  });

  it("offers the run's table and overview page to be saved", async () => {
    const { page, faults, close } = await openTab(served.address);
    await page.getByText("About this run").click();
    for (const [link, name] of [
      ["table", "CLIP-Classification-run-1.csv"],
      ["overview page", "CLIP-Classification-run-1.html"],
    ] as const) {
      const saved = page.waitForEvent("download");
      await page.getByRole("link", { name: link, exact: true }).click();
      expect((await saved).suggestedFilename()).toBe(name);
    }
    expect(faults).toEqual([]);
    await close();
  });

  it("goes by keyboard alone from the page's top to an open image, on to the next, and back to where that is", async () => {
    const { page, faults, close } = await openTab(served.address);
    await shownNames(page);
    await page.keyboard.press("Tab");
    expect(await focusedText(page)).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await tabTo(page, /^Political Events/);
    await page.keyboard.press("Enter");
    const names = await shownNames(page);
    await page.waitForURL(/category=2/);
    await tabTo(page, /\.(jpg|png|webp|gif|tiff?|bmp)$/i);
    const nameOf = (text: string) =>
      names.findIndex((name) => text.endsWith(name.split("/").at(-1) as string));
    expect(nameOf(await focusedText(page))).toBe(0);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    const below = nameOf(await focusedText(page));
    expect(below).toBeGreaterThan(2);
    await page.keyboard.press("ArrowUp");
    expect(nameOf(await focusedText(page))).toBe(1);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    const heading = dialog.getByRole("heading", { level: 2 });
    await heading.getByText(names[1]?.split("/").at(-1) as string).waitFor();
    expect(new URL(page.url()).searchParams.has("open")).toBe(true);
    await page.keyboard.press("ArrowRight");
    await heading.getByText(names[2]?.split("/").at(-1) as string).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await heading.getByText(names[0]?.split("/").at(-1) as string).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await heading.getByText(names[3]?.split("/").at(-1) as string).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(nameOf(await focusedText(page))).toBe(3);
    expect(new URL(page.url()).searchParams.has("open")).toBe(false);
    await page.keyboard.press("End");
    expect(nameOf(await focusedText(page))).toBe(names.length - 1);
    await page.keyboard.press("Home");
    expect(nameOf(await focusedText(page))).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  it("shows all phrases of an open image with their probabilities, and everything of its file", async () => {
    const { page, faults, close } = await openTab(`${served.address}/?open=7`);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "All 26" }).click();
    const row = served.context.study.runs.row(1, 7);
    const answer = (await (await askApp(`${served.address}/api/runs/1/units/7`)).json()) as {
      scores: { phrase: string; category: string; probability: number }[];
      format: string;
      margin: number;
    };
    const expected = answer.scores.toSorted((a, b) => b.probability - a.probability);
    const bars = await dialog.locator(".answer-bars li").allInnerTexts();
    expect(bars).toHaveLength(26);
    bars.forEach((bar, i) => {
      const { phrase, category, probability } = expected[i] as (typeof expected)[number];
      expect(bar).toContain(phrase);
      expect(bar).toContain(category);
      expect(bar).toContain(formatPercent(probability));
    });
    const winner = dialog.locator(".answer-bars .winner");
    expect(await winner.innerText()).toContain(formatPercent(row.prediction?.probability ?? 0));
    expect(await dialog.locator(".answer-bars .runner-up").count()).toBe(1);
    const widths = await dialog
      .locator(".answer-bars .bar")
      .evaluateAll((all) => all.map((bar) => getComputedStyle(bar).getPropertyValue("--part")));
    expect(widths[0]).toBe("100%");
    const facts = await dialog.locator(".unit-details").innerText();
    for (const fact of [row.unit.path, answer.format, "pixels", `margin ${formatPercent(answer.margin)}`])
      expect(facts).toContain(fact);
    await dialog.locator(".frame img.here").waitFor();
    const picture = await dialog.locator(".frame img.here").evaluate((image) => {
      const { naturalWidth, naturalHeight } = image as unknown as Record<string, number>;
      return [naturalWidth, naturalHeight];
    });
    const { widthPx, heightPx } = served.context.study.images.get(row.imageId as number);
    expect(picture).toEqual([widthPx, heightPx]);
    expect(faults).toEqual([]);
    await close();
  });

  it("says its whole state in the address: opened elsewhere, or gone back to, it is the same", async () => {
    const { page, faults, close } = await openTab(served.address);
    await shownNames(page);
    await page
      .getByRole("navigation", { name: "Categories" })
      .getByRole("link", { name: /^Other/ })
      .click();
    await page.getByLabel("Sort").selectOption("By name");
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByLabel("at most").fill("99.5");
    await page.waitForURL(/most=0.995/);
    const names = await shownNames(page);
    const expected = rows()
      .filter(({ prediction }) => prediction?.category === 6 && prediction.probability <= 0.995)
      .map(({ unit }) => unit.name)
      .sort();
    expect(names).toEqual(expected);
    await page.locator(".image-grid a").nth(1).click();
    await page.getByRole("dialog").locator(".frame img.here").waitFor();
    const address = page.url();
    const other = await openTab(address);
    const heading = other.page.getByRole("dialog").getByRole("heading", { level: 2 });
    await heading.getByText(expected[1]?.split("/").at(-1) as string).waitFor();
    await other.page.getByText(`2 of ${expected.length}`).waitFor();
    await other.page.keyboard.press("ArrowRight");
    await heading.getByText(expected[2]?.split("/").at(-1) as string).waitFor();
    await other.page.keyboard.press("Escape");
    expect(await focusedText(other.page)).toContain(expected[2]?.split("/").at(-1));
    expect(await shownNames(other.page)).toEqual(expected);
    expect(await other.page.getByLabel("at most").inputValue()).toBe("99.5");
    await other.close();
    await page.goBack();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.goBack();
    await page.goBack();
    expect(new URL(page.url()).search).toBe("");
    expect(await shownNames(page)).toHaveLength((await page.locator(".image-grid .cell").count()) || 1);
    expect(await page.getByLabel("Sort").inputValue()).toBe("probability");
    expect(faults).toEqual([]);
    await close();
  });

  it("filters by file name, phrase and probability while one types, and clears the filters again", async () => {
    const { page, close } = await openTab(served.address);
    await shownNames(page);
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByLabel("File name has").pressSequentially("POST-001");
    await page.waitForURL(/name=POST-001/);
    const named = rows().filter(({ unit }) => unit.name.includes("post-001"));
    await page.getByText(`${named.length} of 60 images`).waitFor();
    expect((await shownNames(page)).toSorted()).toEqual(named.map(({ unit }) => unit.name).toSorted());
    const phrase = named[0]?.prediction?.phrase as number;
    await page.getByLabel("Phrase").selectOption(String(phrase));
    const won = named.filter(({ prediction }) => prediction?.phrase === phrase);
    await page.getByText(`${won.length} of 60 images`).waitFor();
    await page.getByLabel("at least").fill("100");
    await page.getByText("No image is like this.").waitFor();
    await page.getByRole("link", { name: "Clear filters" }).click();
    await page.getByText("60 images", { exact: true }).waitFor();
    await expect.poll(() => page.getByLabel("File name has").inputValue()).toBe("");
    await close();
  });

  it("ranks all images by a sentence, and by their likeness to one of them", async () => {
    const { page, faults, close } = await openTab(`${served.address}/?category=1`);
    await shownNames(page);
    const sentence = `Food, "drinks" & <i>others</i>`;
    await page.getByLabel("Rank all images by a sentence").fill(sentence);
    await page.keyboard.press("Enter");
    await page.getByText("Ranked by how well they fit").waitFor();
    expect(await page.locator(".ranking-notice q").innerText()).toContain(sentence);
    const query = new URLSearchParams({ find: sentence, limit: "3" });
    const { items } = (await (await askApp(`${served.address}/api/runs/1/units?${query}`)).json()) as {
      items: { name: string; position: number; cosine: number }[];
    };
    await page.waitForURL(/find=/);
    expect((await shownNames(page)).slice(0, 3)).toEqual(items.map(({ name }) => name));
    expect(await page.locator(".image-grid .value").first().innerText()).toBe(
      `cosine ${items[0]?.cosine.toFixed(3)}`,
    );
    await page.locator(".image-grid a").first().click();
    await page.getByRole("link", { name: "Similar to this image" }).click();
    await page.getByText("Ranked by similarity to").waitFor();
    await page.waitForURL(/like=/);
    expect((await shownNames(page))[0]).toBe(items[0]?.name);
    expect(await page.locator(".image-grid .value").first().innerText()).toBe("cosine 1.000");
    await page.getByRole("link", { name: "Stop ranking" }).click();
    await page.getByText("Ranked by").waitFor({ state: "detached" });
    expect(faults).toEqual([]);
    await close();
  });

  it("marks what reviewers said, and filters by it", async () => {
    const database = new DatabaseSync(join(folder, "clipbook.db"));
    const say = database.prepare(
      "INSERT INTO verdict (run_id, position, reviewer, verdict, note, queue, judged_at) VALUES (1, ?, 'ada', ?, '', '{}', '')",
    );
    say.run(4, "wrong");
    say.run(5, "right");
    say.run(6, "right");
    say.run(6, "withdrawn");
    const { page, close } = await openTab(served.address);
    await shownNames(page);
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByLabel("Reviews").selectOption("Reviewed");
    await page.getByText("2 of 60 images").waitFor();
    const marked = await page.locator(".image-grid .cell").allInnerTexts();
    expect(marked.filter((text) => text.includes("judged wrong"))).toHaveLength(1);
    expect(marked.filter((text) => text.includes("judged right"))).toHaveLength(1);
    await expectAccessible(page);
    await page.getByLabel("Reviews").selectOption("Judged wrong");
    await page.getByText("1 of 60 images").waitFor();
    expect(await shownNames(page)).toEqual([rows()[4]?.unit.name]);
    expect(await page.getByRole("link", { name: "Review these" }).getAttribute("href")).toMatch(/^\/review/);
    database.exec("DELETE FROM verdict");
    database.close();
    await close();
  });

  it.each(["light", "dark"] as const)("is accessible in %s, its large view, too", async (colorScheme) => {
    const { page, faults, close } = await openTab(`${served.address}/?category=2`, { colorScheme });
    await shownNames(page);
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByText("About this run").click();
    await expectAccessible(page);
    await page.locator(".image-grid a").first().click();
    await page.getByRole("dialog").locator(".frame img.here").waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("fits a telephone: a chooser in place of the list, nothing to scroll sideways, and the sharper thumbnails", async () => {
    const { page, faults, close } = await openTab(served.address, mobile);
    const thumbnails: string[] = [];
    page.on("request", (request) => thumbnails.push(request.url()));
    await page.locator(".category-chooser select").selectOption("2");
    await page.waitForURL(/category=2/);
    await shownNames(page);
    expect(await page.getByRole("navigation", { name: "Categories" }).isVisible()).toBe(false);
    expect(await scrollsSideways(page)).toBe(false);
    await page.getByRole("button", { name: "Filters" }).click();
    expect(await scrollsSideways(page)).toBe(false);
    await expectAccessible(page);
    await page.locator(".image-grid img.here").first().waitFor();
    expect(thumbnails.filter((url) => url.includes("px=384")).length).toBeGreaterThan(0);
    expect(thumbnails.filter((url) => url.includes("px=192"))).toEqual([]);
    await page.locator(".image-grid a").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.locator(".frame img.here").waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    const [box, button] = [await dialog.locator(".frame").boundingBox(), dialog.getByText("Close")];
    expect(box?.width ?? 999).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    await button.click();
    await dialog.waitFor({ state: "detached" });
    expect(faults).toEqual([]);
    await close();
  });

  it("says that a picture cannot be shown, and why, and goes on; and when nobody answers any more", async () => {
    const copy = mkdtempSync(join(tmpdir(), "clipbook-gallery-"));
    mkdirSync(join(copy, "pictures"));
    const names = rows()
      .slice(0, 3)
      .map(({ unit }) => unit.path);
    for (const [i, path] of names.entries())
      copyFileSync(path, join(copy, "pictures", `${i}-${path.split("/").at(-1)}`));
    await classifyInto(copy, [join(copy, "pictures")]);
    writeFileSync(join(copy, "pictures", `1-${names[1]?.split("/").at(-1)}`), "something else");
    const other = await serveStudy(copy);
    const { page, faults, close } = await openTab(`${other.address}/?sort=name`, { mayFail: true });
    await page.getByText("The picture cannot be loaded").waitFor();
    expect(await page.locator(".image-grid img").count()).toBe(2);
    await page.locator(".image-grid a").nth(1).click();
    await page
      .getByRole("dialog")
      .getByText("The picture cannot be shown: the file was changed since it was classified.")
      .waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("dialog").locator(".frame img.here").waitFor();
    await page.keyboard.press("Escape");
    await other.close();
    await page
      .getByRole("navigation", { name: "Categories" })
      .getByRole("link", { name: /^Collages/ })
      .click();
    await page.getByText("the server does not answer").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("the server does not answer").waitFor();
    expect(faults).toEqual([]);
    await close();
    rmSync(copy, { recursive: true });
  });

  it("writes numbers as the browser's language does", async () => {
    const { page, close } = await openTab(served.address, { locale: "de-DE" });
    const list = page.getByRole("navigation", { name: "Categories" });
    await list.getByText("All images").waitFor();
    expect(await list.innerText()).toMatch(/\d,\d\s%/);
    await close();
  });

  it("says what to do in a study without a run", async () => {
    const empty = mkdtempSync(join(tmpdir(), "clipbook-gallery-"));
    const other = await serveStudy(empty);
    const { page, faults, close } = await openTab(other.address);
    await page.getByRole("heading", { name: "No run yet" }).waitFor();
    expect(await page.locator("main").innerText()).toMatch(/clipbook classify PICTURES/);
    expect(await page.getByRole("main").getByRole("link", { name: "Add images" }).getAttribute("href")).toBe(
      "/indexing",
    );
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
    await other.close();
    rmSync(empty, { recursive: true });
  });
});
