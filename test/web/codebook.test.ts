import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DraftReport } from "../../src/pipeline/drafts/draftReport.ts";
import { askApp } from "../server/askApp.ts";
import { useChromium } from "./chromium.ts";
import {
  boardCodebook,
  makeBoardStudy,
  numbersAreHere,
  phraseField,
  phrasesOf,
} from "./codebook/boardStudy.ts";

describe("the codebook's board in Chromium", () => {
  const openTab = useChromium();
  let study: Awaited<ReturnType<typeof makeBoardStudy>>;

  beforeAll(async () => {
    study = await makeBoardStudy();
  });

  afterAll(() => study.remove());

  it("is edited, looked at and saved by the keyboard alone, with the file's comments kept", async () => {
    const served = await study.serveCopy();
    const { page, faults, close } = await openTab(served.url);
    const { keyboard } = page;
    await numbersAreHere(page);
    // Tab leads from the skip link over the navigation to the board; the first category's name is reached.
    const name = page.getByLabel("Name of the category").first();
    for (let i = 0; i < 60 && !(await isFocused(name)); i++) {
      await keyboard.press("Tab");
    }
    expect(await name.inputValue()).toBe("Campaign Material");
    // Enter goes to its first phrase, Enter there makes one below it.
    await keyboard.press("Enter");
    await keyboard.press("Enter");
    await keyboard.type("a crowd of people with flags");
    await numbersAreHere(page);
    expect(await phrasesOf(page, "Campaign Material")).toEqual([
      "An image primarily showcasing election-related flyers, brochures, or handouts.",
      "a crowd of people with flags",
      "A distinct promotional poster for a political event or campaign.",
    ]);
    await keyboard.press("Alt+ArrowDown");
    await page.getByText(/Moved .* to .*Campaign Material.*, place 3 of 3/u).waitFor();
    await keyboard.press("Alt+Shift+ArrowDown");
    await page.getByText(/Moved .* to .*Political Events.*, place 3 of 3/u).waitFor();
    expect(await phrasesOf(page, "Political Events")).toContain("a crowd of people with flags");
    await keyboard.press("Alt+ArrowUp");
    expect((await phrasesOf(page, "Political Events"))[1]).toBe("a crowd of people with flags");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
      .toBe("Phrase 2 of Political Events");
    // The menu beside it moves it on; what the phrase takes and gives may be between.
    const menu = page.getByRole("button", {
      name: "Move or delete: Phrase 2 of Political Events",
      exact: true,
    });
    for (let i = 0; i < 3 && !(await isFocused(menu)); i++) await keyboard.press("Tab");
    await keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await keyboard.type("fac");
    await keyboard.press("Enter");
    expect(await phrasesOf(page, "Faces")).toHaveLength(3);
    await keyboard.press("Control+z");
    expect(await phrasesOf(page, "Faces")).toHaveLength(2);
    expect(await phrasesOf(page, "Political Events")).toHaveLength(3);
    await numbersAreHere(page);
    const moves = page.locator(".effect .move").first();
    await moves.focus();
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "Moved images" }).waitFor();
    await page.locator(".moved-image").first().waitFor();
    await keyboard.press("Control+s");
    await page.getByText("Saved", { exact: true }).waitFor();
    const saved = served.text();
    expect(saved.split("\n").map((line) => line.trim())).toContain("- a crowd of people with flags");
    for (const kept of [
      "# Kept by the study's authors.",
      "# First what is printed.",
      "# the usual",
      "# Speakers, too.",
    ]) {
      expect(saved).toContain(kept);
    }
    expect(saved).toContain("'A distinct promotional poster for a political event or campaign.'");
    expect(faults).toEqual([]);
    expect(served.faults).toEqual([]);
    await close();
    await served.close();
  });

  it("shows of an edit exactly the images that it moves", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(served.url);
    await numbersAreHere(page);
    const reported = page.waitForResponse(async (response) => {
      if (!response.url().endsWith("/api/drafts")) return false;
      const { draft } = response.request().postDataJSON() as {
        draft: { categories: { phrases: { text: string }[] }[] };
      };
      return draft.categories[2]?.phrases[1]?.text === "a plate of food on a table";
    });
    await phraseField(page, "Faces", 2).fill("a plate of food on a table");
    const report = (await (await reported).json()) as DraftReport;
    const { scores } = report;
    const largest = scores?.moves[0];
    if (scores === undefined || largest === undefined) throw new Error("the edit moves nothing");
    await page.getByText(`${scores.moved} images moved`, { exact: true }).waitFor();
    await page
      .locator(".effect .move", { hasText: `${largest.count} ${largest.from}` })
      .first()
      .click();
    await page.locator(".moved-image").first().waitFor();
    const shown = await page
      .locator(".moved-name")
      .evaluateAll((names) => names.map((name) => (name as HTMLElement).title));
    // Who is where, from another route: the run's own rows before, a draft asked for by hand after.
    const before = rowsOf(served, largest.from);
    const query = new URLSearchParams({ from: largest.from, to: largest.to, limit: "500" });
    const after = await (
      await askApp(`${served.address}/api/drafts/${report.draftId}/moves?${query}`)
    ).json();
    expect(shown).toHaveLength(largest.count);
    expect([...shown].sort()).toEqual(after.items.map(({ name }: { name: string }) => name).sort());
    for (const name of shown) expect(before).toContain(name);
    // The address leads back to the same list.
    const address = new URL(page.url());
    expect(address.searchParams.get("from")).toBe(largest.from);
    expect(address.searchParams.get("to")).toBe(largest.to);
    await page.reload();
    await page.locator(".moved-image").first().waitFor();
    expect(await page.locator(".moved-image").count()).toBe(largest.count);
    await close();
    await served.close();
  });

  it("shows counts that add up to the run's images, and each category's change", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(served.url);
    await numbersAreHere(page);
    await phraseField(page, "Other", 1).fill("a portrait of a politician");
    await numbersAreHere(page);
    const counts = await page
      .locator(".index-count")
      .evaluateAll((elements) => elements.map((element) => Number(element.textContent)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(42);
    const wins = await page
      .locator(".phrase-figures > div:first-child dd")
      .evaluateAll((elements) => elements.map((element) => Number(element.textContent)));
    expect(wins.reduce((sum, count) => sum + count, 0)).toBe(42);
    await close();
    await served.close();
  });

  it("undoes and redoes, typing in one field as one step", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(served.url);
    const first = phraseField(page, "Faces", 1);
    await numbersAreHere(page);
    const original = await first.inputValue();
    await first.click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" and more");
    await page.getByRole("button", { name: "Delete: Phrase 2 of Faces", exact: true }).click();
    await page.getByText(/Deleted .*Ctrl\+Z brings it back/u).waitFor();
    expect(await phrasesOf(page, "Faces")).toEqual([`${original} and more`]);
    await page.keyboard.press("Control+z");
    expect(await phrasesOf(page, "Faces")).toHaveLength(2);
    await page.keyboard.press("Control+z");
    expect(await first.inputValue()).toBe(original);
    expect(await page.getByRole("button", { name: "Undo" }).isDisabled()).toBe(true);
    await page.keyboard.press("Control+Shift+z");
    await page.keyboard.press("Control+Shift+z");
    expect(await phrasesOf(page, "Faces")).toEqual([`${original} and more`]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    expect(served.text()).toBe(boardCodebook);
    await close();
    await served.close();
  });

  it("adds, renames, moves and deletes categories", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(served.url);
    await page.locator("#add-category").click();
    await page.keyboard.type("Buildings");
    await page.keyboard.press("Enter");
    await page.keyboard.type("a street with houses");
    await page.getByLabel("Name of the category").last().press("Alt+ArrowUp");
    const names = () =>
      page
        .getByLabel("Name of the category")
        .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
    expect(await names()).toEqual(["Campaign Material", "Political Events", "Faces", "Buildings", "Other"]);
    await page.getByRole("button", { name: "Move or delete: Faces" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    expect(await names()).toEqual(["Campaign Material", "Political Events", "Buildings", "Other"]);
    await page.keyboard.press("Control+s");
    await page.getByText("Saved", { exact: true }).waitFor();
    expect(served.text()).toContain("a street with houses");
    expect(served.text()).not.toContain("Faces");
    await close();
    await served.close();
  });

  it("moves a phrase that is dragged by the mouse, to its place on the board and onto a category's name at the left", async () => {
    const served = await study.serveCopy();
    const { page, faults, close } = await openTab(served.url, { viewport: { width: 1280, height: 1100 } });
    await numbersAreHere(page);
    const phrase = await phraseField(page, "Campaign Material", 1).inputValue();
    // The first phrase on the board, whichever it is by then.
    const handle = page.locator(".handle").first();
    const drop = async (target: { x: number; y: number }) => {
      const from = await handleBox(handle);
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x + 10, from.y + 10);
      await page.mouse.move(target.x, target.y, { steps: 5 });
    };
    const row = await page
      .locator(".phrase", { has: phraseField(page, "Political Events", 2) })
      .boundingBox();
    if (row === null) throw new Error("no such row");
    await drop({ x: row.x + 100, y: row.y + 3 });
    await page.locator(".drop-line").waitFor();
    // Escape gives up.
    await page.keyboard.press("Escape");
    await page.mouse.up();
    expect((await phrasesOf(page, "Campaign Material"))[0]).toBe(phrase);
    await drop({ x: row.x + 100, y: row.y + 3 });
    await page.mouse.up();
    expect((await phrasesOf(page, "Political Events"))[1]).toBe(phrase);
    expect(await phrasesOf(page, "Campaign Material")).toHaveLength(1);
    const other = await page.locator(".category-index li", { hasText: "Other" }).boundingBox();
    if (other === null) throw new Error("no such category");
    await drop({ x: other.x + 20, y: other.y + 10 });
    await page.locator(".drop-box").waitFor();
    await page.mouse.up();
    expect(await phrasesOf(page, "Other")).toHaveLength(3);
    // Near its edge the board scrolls, and the page itself never.
    await page.keyboard.press("Control+z");
    await page.setViewportSize({ width: 1280, height: 500 });
    const scrolled = () => page.locator(".sheet").evaluate((sheet) => sheet.scrollTop);
    await page.locator(".sheet").evaluate((sheet) => sheet.scrollTo(0, 0));
    await drop({ x: row.x + 100, y: 480 });
    await expect.poll(scrolled).toBeGreaterThan(100);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(500);
    await page.keyboard.press("Escape");
    await page.mouse.up();
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("says what an edit does to judged images, and that this is optimistic", async () => {
    const served = await study.serveCopy(boardCodebook, {}, (folder) => {
      const database = new DatabaseSync(join(folder, "clipbook.db"));
      database.exec(`INSERT INTO verdict (run_id, position, reviewer, verdict, note, queue, judged_at)
        SELECT run_id, position, 'a coder', 'right', '', '{}', '2026-01-01T00:00:00Z' FROM prediction WHERE category IS NOT NULL`);
      database.close();
    });
    const { page, close } = await openTab(served.url);
    await numbersAreHere(page);
    await phraseField(page, "Faces", 2).fill("a plate of food on a table");
    await numbersAreHere(page);
    const moved = Number((await page.locator(".effect-headline strong").textContent())?.split(" ")[0]);
    expect(moved).toBeGreaterThan(0);
    // All were right where they were; who moves from where it was right is wrong now.
    const judged = await page.locator(".judged").textContent();
    expect(judged).toContain(`Of 42 judged: 42 → ${42 - moved} right`);
    expect(judged).toContain("optimistic");
    await close();
    await served.close();
  });

  it("counts the tokens of a phrase, and warns when it is nearly or quite too long for the model", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(served.url);
    const { study: store, phraseEncoder } = served.context;
    const run = store.runs.maybeNewest();
    if (run === undefined) throw new Error("no run");
    const { countTokens, contextLength } = await phraseEncoder.encoderOf(run);
    expect(contextLength).toBe(77);
    const row = page.locator(".phrase", { has: phraseField(page, "Faces", 1) });
    const shown = async (text: string, after: string) => {
      await phraseField(page, "Faces", 1).fill(text);
      await row.getByText(`${countTokens(text)} of 77${after}`, { exact: true }).waitFor();
    };
    await shown("a dog", "");
    let long = "a dog";
    while (countTokens(long) < 72) long += " a";
    await shown(long, ": nearly full");
    while (countTokens(long) <= 77) long += " a";
    await shown(long, ": too long");
    await close();
    await served.close();
  });

  it("draws neither another row nor the map of similar phrases anew when a letter is typed", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(`${served.url}?panel=similarity`);
    await page.locator(".map-grid").waitFor();
    await numbersAreHere(page);
    await phraseField(page, "Faces", 1).click();
    const drawn = await page.evaluate(async () => {
      // Who draws a text field reads its value, and who draws the map fills rectangles.
      const fields = new Set<string>();
      let rectangles = 0;
      const value = Object.getOwnPropertyDescriptor(
        HTMLTextAreaElement.prototype,
        "value",
      ) as PropertyDescriptor;
      Object.defineProperty(HTMLTextAreaElement.prototype, "value", {
        ...value,
        get(this: HTMLTextAreaElement) {
          fields.add(this.getAttribute("aria-label") ?? "");
          return value.get?.call(this);
        },
      });
      const { fillRect } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fillRect = function (...box) {
        rectangles++;
        fillRect.apply(this, box);
      };
      document.execCommand("insertText", false, "x");
      // Before the server is asked, which is when typing pauses.
      await new Promise((done) => setTimeout(done, 80));
      return { fields: [...fields], rectangles };
    });
    expect(drawn).toEqual({ fields: ["Phrase 1 of Faces"], rectangles: 0 });
    await close();
    await served.close();
  });

  it("takes pasted lines for phrases of their own", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(served.url);
    await phraseField(page, "Other", 2).press("Enter");
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "- a street\n\n- a lake\r\n* a cup of coffee\n");
      document.activeElement?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    });
    expect((await phrasesOf(page, "Other")).slice(2)).toEqual(["a street", "a lake", "a cup of coffee"]);
    await page.keyboard.press("Control+z");
    expect(await phrasesOf(page, "Other")).toHaveLength(3);
    await close();
    await served.close();
  });

  function rowsOf(served: Awaited<ReturnType<typeof study.serveCopy>>, category: string): readonly string[] {
    const { study: store } = served.context;
    const run = store.runs.maybeNewest();
    if (run === undefined) throw new Error("no run");
    return [...store.runs.rows(run.id)]
      .filter(
        ({ prediction }) =>
          prediction !== undefined && run.codebook.categories[prediction.category]?.name === category,
      )
      .map(({ unit }) => unit.name);
  }
});

function isFocused(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}

async function handleBox(handle: Locator): Promise<{ x: number; y: number }> {
  const box = await handle.boundingBox();
  if (box === null) throw new Error("the handle is not on the screen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
