import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { type PlainRunSpec, plainRun } from "../pipeline/plainRun.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { expectAccessible, useChromium } from "./chromium.ts";

// The pictures of these runs were never there: the screen says so, and everything else is as with pictures.
const mayFail = true;
const address = "/review?kind=random&n=4&seed=1";
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const hostile = [
  `"><script>alert(1)</script><img src=x onerror=alert(2)>`,
  "مظاهرات وتجمعات",
  `😀 & "quoted" ${"x".repeat(120)}`,
];

async function serve(spec: PlainRunSpec) {
  const { folder, study, run } = plainRun(spec);
  study.close();
  const served = await serveStudy(folder);
  onTestFinished(served.close);
  return { ...served, run };
}

async function begin(page: Page, name = "Anna"): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Your name").press("Enter");
  await page.locator(".desk .missing").waitFor();
}

/** Waits until a verdict is saved and the next picture is there. */
async function untilDone(page: Page, text: string): Promise<void> {
  await page.locator(".review-top .count").filter({ hasText: text }).waitFor();
  // A key that comes before the next picture is seen says nothing.
  await page.locator(".verdict-buttons .right:not([aria-disabled]), .done").waitFor();
}

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

describe("the review's screen", () => {
  const openTab = useChromium();

  it.each(["light", "dark"] as const)("is accessible in each of its states, %s", async (colorScheme) => {
    const { address: server } = await serve({ sizes: [9, 9, 9], names: ["Trees", "Houses", "People"] });
    const { page, faults, close } = await openTab(`${server}/review?n=2`, { mayFail, colorScheme });
    await page.getByLabel("Your name").waitFor();
    await expectAccessible(page);
    await begin(page);
    await expectAccessible(page);
    await page.keyboard.press("w");
    await page.getByRole("group", { name: "Which category is correct?" }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await untilDone(page, "1 of 6");
    await page.route("**/review/verdicts", (route) => route.abort(), { times: 1 });
    await page.keyboard.press("r");
    await page.getByRole("alert").waitFor();
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    for (const count of [2, 3, 4, 5]) {
      await untilDone(page, `${count} of 6`);
      await page.keyboard.press(count === 5 ? "s" : "r");
    }
    await page.getByRole("heading", { name: "Through, with 1 skipped" }).waitFor();
    await page.locator(".result-table").waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Change" }).click();
    await page.getByText("Anna judged 5, skipped 1").waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("tells a screen reader what was saved and how far it is, also where the next prediction is the same", async () => {
    const { address: server } = await serve({ sizes: [9], names: ["Trees"] });
    const { page, faults, close } = await openTab(`${server}/review?kind=random&n=4&seed=1`, { mayFail });
    await begin(page);
    const spoken = page.locator(".desk .spoken-step");
    const step = () => spoken.textContent();
    expect(await step()).toBe("Predicted: Trees");
    for (const [key, count, told] of [
      ["r", "1 of 4", "Saved: Right. 1 of 4. Predicted: Trees"],
      ["s", "1 skipped", "Saved: Skip. 1 of 4. Predicted: Trees"],
      ["s", "2 skipped", "Saved: Skip. 1 of 4. Predicted: Trees"],
      ["z", "1 skipped", "Taken back. 1 of 4. Predicted: Trees"],
    ] as const) {
      const before = await spoken.locator("span").elementHandle();
      await page.keyboard.press(key);
      await untilDone(page, count);
      expect(await step()).toBe(told);
      // What is not put in anew is not said.
      expect(await before?.evaluate((element) => element.isConnected)).toBe(false);
    }
    expect(faults).toEqual([]);
    await close();
  });

  it("says what became of an undo that came after another tab's", async () => {
    const { address: server } = await serve({ sizes: [9], names: ["Trees"] });
    const queue = `${server}/review?kind=random&n=4&seed=1`;
    const first = await openTab(queue, { mayFail });
    await begin(first.page);
    for (const count of ["1 of 4", "2 of 4"]) {
      await first.page.keyboard.press("r");
      await untilDone(first.page, count);
    }
    const second = await openTab(queue, { mayFail });
    await begin(second.page);
    await untilDone(second.page, "2 of 4");
    const message = second.page.locator(".stage-message");
    await first.page.keyboard.press("z");
    await untilDone(first.page, "1 of 4");
    await second.page.keyboard.press("z");
    await message.filter({ hasText: "You had taken this verdict back in another tab already" }).waitFor();
    await untilDone(second.page, "1 of 4");
    // Judged anew there, it is no more what was to be taken back here.
    await first.page.keyboard.press("z");
    await untilDone(first.page, "0 of 4");
    await first.page.keyboard.press("u");
    await untilDone(first.page, "1 of 4");
    await second.page.keyboard.press("z");
    await message.filter({ hasText: "You had judged that picture anew in another tab: Unsure." }).waitFor();
    await first.close();
    await second.close();
  });

  it("covers nothing of the prediction with the buttons at 200% zoom", async () => {
    const { address: server } = await serve({ sizes: [9], names: ["Trees"] });
    const viewport = { width: 640, height: 360 };
    const { page, close } = await openTab(`${server}${address}`, { mayFail, viewport });
    await begin(page);
    await page.evaluate(() => scrollTo(0, 0));
    const prediction = await page.locator(".prediction").boundingBox();
    const buttons = await page.locator(".verdicts").boundingBox();
    expect(buttons?.y).toBeGreaterThanOrEqual((prediction?.y ?? 0) + (prediction?.height ?? 0));
    await close();
  });

  it("shows hostile names, phrases and notes as they are", async () => {
    const { address: server, faults } = await serve({
      sizes: [9, 9, 9],
      names: hostile,
      phrases: hostile.map((text) => `phrase ${text}`),
      unitName: (position) => `${position}${hostile[position % 3]}.jpg`,
    });
    const {
      page,
      faults: pageFaults,
      close,
    } = await openTab(`${server}/review?kind=random&n=2`, { mayFail });
    await begin(page, hostile[0]?.slice(0, 60));
    for (let count = 1; count <= 6; count++) {
      const category = await page.locator(".prediction .category").textContent();
      expect(hostile).toContain(category);
      expect(await page.locator(".prediction .phrase").textContent()).toBe(`phrase ${category}`);
      await page.getByLabel("Note", { exact: true }).fill(hostile[0] as string);
      await page.getByLabel("Note", { exact: true }).press("Enter");
      await page.keyboard.press("w");
      const choices = page.locator(".choice li bdi");
      expect(await choices.allTextContents()).toEqual(hostile);
      await page.keyboard.press(category === hostile[1] ? "1" : "2");
      await untilDone(page, `${count} of 6`);
    }
    const items = page.locator(".wrong-gallery li");
    expect(await items.count()).toBe(6);
    for (const text of await items.allTextContents()) expect(text).toContain(hostile[0]);
    expect(await page.evaluate(() => document.scripts.length)).toBe(1);
    expect(await widthOf(page)).toBe(1280);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await widthOf(page)).toBe(390);
    expect([faults, pageFaults]).toEqual([[], []]);
    await close();
  });

  it("is worked with thumbs on a phone: the buttons at the bottom, nothing sideways", async () => {
    const { address: server, context } = await serve({
      sizes: [9, 9],
      names: ["Trees", hostile[2] as string],
    });
    const { page, close } = await openTab(`${server}${address}`, { mayFail, ...phone });
    expect(await widthOf(page)).toBe(390);
    await page.getByLabel("Your name").fill("Anna");
    await page.getByRole("button", { name: "Start" }).tap();
    await page.locator(".desk .missing").waitFor();
    const buttons = page.getByRole("group", { name: "Verdict" });
    for (const name of ["Right", "Wrong", "Unsure", "Skip", "Note", "Undo"]) {
      const box = await buttons.getByRole("button", { name }).boundingBox();
      expect([name, (box?.y ?? 0) > 600, (box?.y ?? 0) + (box?.height ?? 0) <= 844]).toEqual([
        name,
        true,
        true,
      ]);
      // Apple's and Google's least size of what is touched is 44 to 48.
      expect(box?.height).toBeGreaterThanOrEqual(44);
    }
    await buttons.getByRole("button", { name: "Right" }).tap();
    await untilDone(page, "1 of 8");
    await buttons.getByRole("button", { name: "Note" }).tap();
    await page.keyboard.type("with a thumb");
    await buttons.getByRole("button", { name: "Wrong" }).tap();
    await page.getByRole("button", { name: "Just wrong" }).tap();
    await untilDone(page, "2 of 8");
    await buttons.getByRole("button", { name: "Undo" }).tap();
    await untilDone(page, "1 of 8");
    await page.locator(".result summary").tap();
    await page.locator(".result-table").waitFor();
    expect(await widthOf(page)).toBe(390);
    expect(
      context.study.reviews
        .newest(1)
        .map(({ verdict, note }) => [verdict, note])
        .toSorted(),
    ).toEqual([
      ["right", ""],
      ["withdrawn", "with a thumb"],
    ]);
    await close();
  });

  it("does not jump: picture and buttons keep their places, however long the texts are", async () => {
    const { address: server } = await serve({
      sizes: [9, 9, 9],
      names: ["A", hostile[2] as string, hostile[1] as string],
      phrases: ["short", "long words ".repeat(60), hostile[0] as string],
    });
    for (const viewport of [{ width: 1280, height: 720 }, phone.viewport]) {
      const { page, close } = await openTab(`${server}${address}`, { mayFail, viewport });
      await begin(page, `Anna at ${viewport.width}`);
      const places = new Set<string>();
      for (let count = 0; count < 9; count++) {
        await untilDone(page, count < 5 ? `${count} of 12` : `${count - 1} of 12 · 1 skipped`);
        const boxes = [".stage", ".prediction", ".note-field", ".verdict-buttons .right"].map((selector) =>
          page.locator(selector).boundingBox(),
        );
        places.add(JSON.stringify(await Promise.all(boxes)));
        await page.keyboard.press(count === 4 ? "s" : "r");
      }
      expect(places.size).toBe(1);
      await close();
    }
  });

  it("writes numbers as the browser's language does", async () => {
    const { address: server } = await serve({ sizes: [900, 900], names: ["Bäume", "Häuser"] });
    const { page, close } = await openTab(`${server}${address}`, { mayFail, locale: "de-DE" });
    await begin(page);
    await page.keyboard.press("r");
    await untilDone(page, "1 of 8");
    await page.getByText(/^About 100\u00a0% right, .* from 1 of 1\.800 images/).waitFor();
    await close();
  });

  it("asks which category is correct by keys beyond nine, which stay the same for every picture", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `Category number ${index + 1}`);
    const { address: server, context } = await serve({ sizes: names.map(() => 2), names });
    const { page, close } = await openTab(`${server}/review?kind=random&n=1`, { mayFail });
    await begin(page);
    const keys = ["0", "a", "v", "x"];
    const chosen = [9, 10, 31, 32].map((index) => names[index]);
    for (const [count, key] of keys.entries()) {
      // The predicted category cannot be the correct one.
      if ((await page.locator(".prediction .category").textContent()) === chosen[count]) {
        await page.keyboard.press("s");
        await untilDone(page, "skipped");
      }
      await page.keyboard.press("w");
      await page.locator(".choice").waitFor();
      await page.keyboard.press(key);
      await untilDone(page, `${count + 1} of 40`);
    }
    const corrections = [...context.study.reviews.judged(1, { history: true })]
      .filter(({ verdict }) => verdict === "wrong")
      .map(({ correctCategory }) => correctCategory);
    expect(corrections).toEqual(chosen);
    await close();
  });

  it("names the most uncertain ones the hardest, and estimates nothing from them", async () => {
    const { address: server } = await serve({ sizes: [9, 9], names: ["Trees", "Houses"] });
    const { page, close } = await openTab(`${server}/review?kind=uncertain&n=3&category=1`, { mayFail });
    await begin(page);
    for (const count of [1, 2, 3]) {
      expect(await page.locator(".prediction .category").textContent()).toBe("Houses");
      await page.keyboard.press("r");
      await untilDone(page, `${count} of 3`);
    }
    await page.getByText(/^3 of 3 right \(100%\)\. These were the hardest pictures/).waitFor();
    expect(await page.locator(".result-table .interval").count()).toBe(1);
    expect(await page.getByText(/ to \d+%/).count()).toBe(0);
    await close();
  });

  it("does not ask again for what was judged while an older answer was under way", async () => {
    const { address: server, context, run } = await serve({ sizes: [9, 9], names: ["Trees", "Houses"] });
    const { page, faults, close } = await openTab(`${server}${address}`, { mayFail });
    await begin(page);
    const old = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await page.route("**/review/queue?*", async (route) => {
      const response = await route.fetch();
      asked.resolve();
      await old.promise;
      await route.fulfill({ response });
    });
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await asked.promise;
    await page.keyboard.press("r");
    await untilDone(page, "1 of 8");
    const answered = page.waitForResponse(/review\/queue/);
    old.resolve();
    await (await answered).finished();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
    await page.keyboard.press("r");
    await untilDone(page, "2 of 8");
    const judged = [...context.study.reviews.judged(run.id, { history: true })];
    expect(new Set(judged.map(({ position }) => position)).size).toBe(2);
    expect(faults).toEqual([]);
    await close();
  });

  it("says what to do where there is nothing to review", async () => {
    const served = await serveStudy(temporaryFolder());
    onTestFinished(served.close);
    const empty = await openTab(`${served.address}/review`);
    await empty.page.getByRole("heading", { name: "There is nothing to review yet" }).waitFor();
    await expectAccessible(empty.page);
    await empty.close();
    const { address: server } = await serve({ sizes: [9], names: ["Trees"] });
    const { page, close } = await openTab(`${server}/review?kind=uncertain&n=3`, { mayFail });
    await page.getByLabel("Your name").fill("Anna");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "There are no pictures in this queue" }).waitFor();
    await expectAccessible(page);
    await close();
  });

  it("shows why a queue cannot be had", async () => {
    const { address: server } = await serve({ sizes: [9], names: ["Trees"] });
    const { page, close } = await openTab(`${server}/review?kind=random&n=3&category=7`, { mayFail });
    await page.getByLabel("Your name").fill("Anna");
    await page.getByLabel("Your name").press("Enter");
    await page.goto(`${server}/review?kind=random&n=3&category=7`);
    await page.getByRole("alert").filter({ hasText: "run 1 has no category 7" }).waitFor();
    await close();
  });
});
