import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askApp } from "../server/askApp.ts";
import { useChromium } from "./chromium.ts";
import {
  boardCodebook,
  makeBoardStudy,
  numbersAreHere,
  phraseField,
  phrasesOf,
} from "./codebook/boardStudy.ts";

describe("saving, versions and runs of the codebook in Chromium", () => {
  const openTab = useChromium();
  let study: Awaited<ReturnType<typeof makeBoardStudy>>;

  beforeAll(async () => {
    study = await makeBoardStudy();
  });

  afterAll(() => study.remove());

  const saved = (page: Page) => page.getByText("Saved", { exact: true }).waitFor();

  it("shows both texts when the file changed meanwhile, and loses neither", async () => {
    const served = await study.serveCopy();
    const { page, faults, close } = await openTab(served.url, { mayFail: true });
    const theirs = boardCodebook.replace("Posters and flyers.", "Whatever is printed.");
    await phraseField(page, "Faces", 1).fill("a smiling face");
    writeFileSync(served.file, theirs);
    await page.keyboard.press("Control+s");
    const dialog = page.getByRole("dialog", { name: "The file changed while you edited" });
    await dialog.waitFor();
    expect(await dialog.locator(".line-before", { hasText: "Whatever is printed." }).count()).toBe(1);
    expect(await dialog.locator(".line-after", { hasText: "a smiling face" }).count()).toBe(1);
    expect(served.text()).toBe(theirs);
    // Keep editing: nothing is written, and the next save finds the same.
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await phraseField(page, "Faces", 1).inputValue()).toBe("a smiling face");
    await page.keyboard.press("Control+s");
    await dialog.waitFor();
    // Take the file's: it is on the board, and undo brings mine back.
    await dialog.getByRole("button", { name: "Take the file’s" }).click();
    await saved(page);
    expect(await phraseField(page, "Faces", 1).inputValue()).toContain("Portrait-style");
    await page.keyboard.press("Control+z");
    expect(await phraseField(page, "Faces", 1).inputValue()).toBe("a smiling face");
    expect(served.text()).toBe(theirs);
    // Overwrite: mine is in the file, theirs among the versions.
    const others = theirs.replace("title: Posts", "title: Pictures");
    writeFileSync(served.file, others);
    await page.keyboard.press("Control+s");
    await dialog.getByRole("button", { name: "Overwrite with mine" }).click();
    await saved(page);
    expect(served.text()).toContain("a smiling face");
    expect(served.text()).not.toContain("title: Pictures");
    const { versions } = await answerOf<{ versions: { id: number; origin: string }[] }>(
      `${served.address}/api/codebook/versions`,
    );
    const texts = await Promise.all(
      versions.map(
        async ({ id }: { id: number }) =>
          (await answerOf<{ text: string }>(`${served.address}/api/codebook/versions/${id}`)).text,
      ),
    );
    expect(texts).toContain(others);
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("writes a file anew that is gone, when told to", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(served.url, { mayFail: true });
    await phraseField(page, "Faces", 1).fill("a smiling face");
    rmSync(served.file);
    await page.keyboard.press("Control+s");
    await page.getByText("The codebook’s file is gone").waitFor();
    await page.getByRole("button", { name: "Write the file anew" }).click();
    await saved(page);
    expect(served.text()).toContain("a smiling face");
    await close();
    await served.close();
  });

  it("brings unsaved edits back after a reload, and discards them when told", async () => {
    const served = await study.serveCopy();
    const { page, faults, close } = await openTab(served.url);
    page.on("dialog", (dialog) => void dialog.accept());
    await phraseField(page, "Faces", 1).fill("a smiling face");
    await page.getByText("Unsaved changes").waitFor();
    await page.reload();
    await page.getByText("Restored unsaved changes").waitFor();
    expect(await phraseField(page, "Faces", 1).inputValue()).toBe("a smiling face");
    // To another screen and back is no different.
    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByRole("link", { name: "Codebook" }).click();
    await page.getByText("Restored unsaved changes").waitFor();
    await page.getByRole("button", { name: "Discard them" }).click();
    await saved(page);
    expect(await phraseField(page, "Faces", 1).inputValue()).toContain("Portrait-style");
    await page.waitForTimeout(400);
    await page.reload();
    await numbersAreHere(page);
    expect(await page.getByText("Restored unsaved changes").count()).toBe(0);
    expect(served.text()).toBe(boardCodebook);
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("keeps a tab's unsaved edits for the next one, whatever was undone in a tab beside it", async () => {
    const served = await study.serveCopy();
    const { page, faults, close } = await openTab(served.url);
    await phraseField(page, "Faces", 1).fill("a smiling face");
    await page.waitForTimeout(500);
    const beside = await page.context().newPage();
    await beside.goto(served.url);
    await beside.getByText("Restored unsaved changes").waitFor();
    await beside.getByRole("button", { name: "Discard them" }).click();
    await saved(beside);
    await beside.waitForTimeout(500);
    // As after a crash: nothing is asked, nothing is said.
    await page.close({ runBeforeUnload: false });
    const next = await beside.context().newPage();
    await next.goto(served.url);
    await next.getByText("Restored unsaved changes").waitFor();
    expect(await phraseField(next, "Faces", 1).inputValue()).toBe("a smiling face");
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("has the browser ask before the page is left with unsaved edits, and only then", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(served.url);
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await numbersAreHere(page);
    await page.reload();
    // By keys: Chromium asks only where somebody has done something on the page.
    await phraseField(page, "Faces", 1).click();
    await page.keyboard.type(" that smiles");
    await page.getByText("Unsaved changes").waitFor();
    await numbersAreHere(page);
    await page.reload();
    await page.getByText("Restored unsaved changes").waitFor();
    expect(asked).toEqual(["beforeunload"]);
    await close();
    await served.close();
  });

  it("says that the file changed since, when unsaved edits come back to another file", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(served.url, { mayFail: true });
    page.on("dialog", (dialog) => void dialog.accept());
    await phraseField(page, "Faces", 1).fill("a smiling face");
    await page.waitForTimeout(500);
    writeFileSync(served.file, boardCodebook.replace("Posters and flyers.", "Whatever is printed."));
    await page.reload();
    await page.getByText("The file was changed since").waitFor();
    await page.keyboard.press("Control+s");
    await page.getByRole("dialog").waitFor();
    await close();
    await served.close();
  });

  it("lists the versions, shows one beside the file, and restores it into the editor", async () => {
    const served = await study.serveCopy();
    const { page, faults, close } = await openTab(served.url);
    await phraseField(page, "Faces", 1).fill("a smiling face");
    await page.keyboard.press("Control+s");
    await saved(page);
    await page.getByRole("link", { name: "Versions" }).click();
    await expect.poll(() => page.locator(".versions > li").count()).toBe(2);
    await page.locator(".versions a").nth(1).click();
    const shown = page.locator(".shown-version");
    await shown.locator(".line-after", { hasText: "a smiling face" }).waitFor();
    expect(await shown.locator("pre").textContent()).toBe(boardCodebook);
    await shown.getByRole("button", { name: "Restore into the editor" }).click();
    await page.getByText("Unsaved changes").waitFor();
    expect(await phraseField(page, "Faces", 1).inputValue()).toContain("Portrait-style");
    await page.keyboard.press("Control+s");
    await saved(page);
    expect(served.text()).toBe(boardCodebook);
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("saves and stores a run that has moved what the draft said, and offers its downloads", async () => {
    const served = await study.serveCopy();
    const { page, faults, close } = await openTab(served.url);
    await numbersAreHere(page);
    await phraseField(page, "Faces", 2).fill("a plate of food on a table");
    await numbersAreHere(page);
    await page.locator(".effect .move").first().click();
    await page.getByRole("link", { name: /all$/u }).click();
    const moved = Number((await page.locator(".effect-headline strong").textContent())?.split(" ")[0]);
    expect(moved).toBeGreaterThan(0);
    await expect.poll(() => page.locator(".moved-image").count()).toBe(Math.min(24, moved));
    const names = await page
      .locator(".moved-name")
      .evaluateAll((all) => all.map((name) => (name as HTMLElement).title));
    await page.getByRole("button", { name: "Save and run" }).click();
    await page.getByText("Run 2 is stored.").waitFor();
    await numbersAreHere(page);
    await page.getByText("No image moved").waitFor();
    expect(new URL(page.url()).searchParams.get("run")).toBe("2");
    expect(served.text()).toContain("a plate of food on a table");
    const { study: store } = served.context;
    const categories = (runId: number) => {
      const run = store.runs.maybeGet(runId);
      return new Map(
        [...store.runs.rows(runId)].map(({ unit, prediction }) => [
          unit.name,
          run?.codebook.categories[prediction?.category ?? -1]?.name,
        ]),
      );
    };
    const [before, after] = [categories(1), categories(2)];
    const changed = [...before.keys()].filter((name) => before.get(name) !== after.get(name));
    for (const name of names) expect(changed).toContain(name);
    expect(changed).toHaveLength(moved);
    for (const [link, type] of [
      ["table", "text/csv"],
      ["overview page", "text/html"],
    ] as const) {
      const href = await page.getByRole("link", { name: link, exact: true }).getAttribute("href");
      const response = await askApp(`${served.address}${href}`);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toContain(type);
      expect(response.headers.get("content-disposition")).toContain("attachment");
    }
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("stores no run when the save that is under way fails", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(served.url, { mayFail: true });
    await numbersAreHere(page);
    const runs: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url().endsWith("/api/runs")) runs.push(request.url());
    });
    let fail: () => void = () => undefined;
    const mayFail = new Promise<void>((resolve) => {
      fail = resolve;
    });
    await page.route("**/api/codebook", async (route) => {
      await mayFail;
      await route.fulfill({ status: 500, json: { error: "the disk is full" } });
    });
    await phraseField(page, "Faces", 1).fill("a smiling face");
    await page.keyboard.press("Control+s");
    await page.getByText("Saving …").waitFor();
    await page.getByRole("button", { name: "Save and run" }).click();
    fail();
    await page.getByText("the disk is full").waitFor();
    // A run would be stored at once, or after the answer.
    await page.waitForTimeout(300);
    expect(runs).toEqual([]);
    await close();
    await served.close();
  });

  it("leaves the focus in the toolbar when a button has nothing more to do, and when a notice is dismissed", async () => {
    const served = await study.serveCopy();
    const { page, faults, close } = await openTab(served.url);
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await phraseField(page, "Faces", 1).fill("a smiling face");
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    await saved(page);
    expect(await focused()).toBe("Undo");
    await page.getByRole("button", { name: "Redo" }).press("Enter");
    expect(await focused()).toBe("Redo");
    await page.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await saved(page);
    expect(await focused()).toBe("Save");
    await page.getByRole("button", { name: "Run", exact: true }).press("Enter");
    await page.getByText("Run 2 is stored.").waitFor();
    expect(await focused()).toBe("Run");
    await page.getByRole("button", { name: "Dismiss" }).press("Enter");
    await page.getByText("Run 2 is stored.").waitFor({ state: "detached" });
    expect(await focused()).toBe("Save");
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("offers the newest run's codebook where there is no file, and makes the file by saving", async () => {
    const served = await study.serveCopy("");
    rmSync(served.file);
    const { page, faults, close } = await openTab(served.url);
    await page.getByText("There is no codebook file yet.").waitFor();
    await page.getByText("This is the codebook of the newest run.").waitFor();
    expect(existsSync(served.file)).toBe(false);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await saved(page);
    expect(served.text()).toContain("Social Media Moderation");
    expect(await page.getByText("There is no codebook file yet.").count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("keeps comments out of a JSON codebook, and says why", async () => {
    const served = await study.serveCopy(
      '{ "Faces": ["a face"], "Other": ["a street", "a plate of food"] }',
      { codebookName: "codebook.json" },
    );
    const { page, faults, close } = await openTab(served.url);
    await page
      .getByRole("button", { name: /Description/u })
      .first()
      .click();
    expect(await page.getByLabel("Comment in the file").isDisabled()).toBe(true);
    await page.getByText("JSON has no comments").waitFor();
    await phraseField(page, "Faces", 1).fill("a smiling face");
    await page.keyboard.press("Control+s");
    await saved(page);
    expect(JSON.parse(served.text())).toBeTypeOf("object");
    expect(served.text()).toContain("a smiling face");
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("shows the mistakes of a file that is no codebook, and touches nothing", async () => {
    const broken = "categories:\n  Faces:\n    phrase: a face\n";
    const served = await study.serveCopy(broken);
    const { page, faults, close } = await openTab(served.url);
    await page.getByRole("heading", { name: "The codebook has to be mended first" }).waitFor();
    await page
      .getByText(/Line \d+, column \d+/u)
      .first()
      .waitFor();
    expect(readFileSync(served.file, "utf8")).toBe(broken);
    expect(await page.locator(".file-text").textContent()).toContain("phrase: a face");
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("names mistakes at their place, without counts, and does not save them", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(served.url, { mayFail: true });
    await numbersAreHere(page);
    await phraseField(page, "Faces", 1).fill("Food, beverages, or generic shots.");
    await page.getByText("A mistake keeps this from being a codebook.").waitFor();
    await page.locator(".phrase .notes .mistake").first().waitFor();
    expect(await page.locator(".phrase", { has: page.locator(".mistake") }).count()).toBe(1);
    await page.keyboard.press("Control+s");
    await page.getByText("mend what is marked, then save again").waitFor();
    expect(served.text()).toBe(boardCodebook);
    await phraseField(page, "Faces", 1).fill("a smiling face");
    await page.locator(".effect-headline", { hasText: "moved" }).waitFor();
    expect(await phrasesOf(page, "Faces")).toContain("a smiling face");
    await close();
    await served.close();
  });
});

async function answerOf<Body>(url: string): Promise<Body> {
  return (await askApp(url)).json() as Promise<Body>;
}
