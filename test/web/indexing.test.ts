import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { makeCopies, makePictures } from "../kill/makePictures.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { expectAccessible, useChromium } from "./chromium.ts";

const hostileNames = [
  `00000 <img src=x onerror=alert(1)>.jpg`,
  `00001 "quoted" & 'single' 🎉.png`,
  `00002 صورة العمل.jpg`,
  `00003 \u202egnp.jpg`,
  `00004 ${"long".repeat(50)}.jpg`,
];

describe("adding images", () => {
  const openTab = useChromium();
  let folder: string;
  let pictures: string;
  let served: Awaited<ReturnType<typeof serveStudy>>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-web-"));
    pictures = join(folder, "pictures");
    copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
    mkdirSync(pictures);
    served = await serveStudy(folder);
  });

  afterEach(async () => {
    await served.close();
    expect(served.faults).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  const open = (path = "/indexing", options: Parameters<typeof openTab>[1] = {}) =>
    openTab(`${served.address}${path}`, options);
  const job = () => served.context.indexing.state();
  const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 2, name });

  /** Fills the form with the keyboard, and starts. */
  async function startByKeyboard(page: Page, inputs = pictures): Promise<void> {
    await page.getByLabel("Pictures").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(inputs);
    await page.keyboard.press("Tab");
    // A list of choices takes the first letters of one.
    await page.keyboard.type("demo");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
  }

  it("goes by keyboard alone, from the first screen to the new run", async () => {
    await makeCopies(pictures, 1_500);
    const { page, faults, close } = await open("/");
    await page
      .getByRole("navigation", { name: "Screens" })
      .getByRole("link", { name: "Add images" })
      .waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    for (let i = 0; i < 20 && (await focused()) !== "Add images"; i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByLabel("Pictures").waitFor();
    await startByKeyboard(page);
    await heading(page, "Adding images").waitFor();
    // The focus has not been lost with the form.
    expect(await focused()).toMatch(/model|Counting|Adding/);
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Pause");
    await page.keyboard.press("Enter");
    await heading(page, "Paused").waitFor();
    expect(await focused()).toBe("Resume");
    const bar = page.getByRole("progressbar", { name: "Progress" });
    const { units } = job().progress;
    expect(await bar.getAttribute("aria-valuenow")).toBe(String(Math.floor((100 * units) / 1_500)));
    expect(await page.getByText(/ of 1,500 images/).textContent()).toBe(
      `${units.toLocaleString("en-US")} of 1,500 images`,
    );
    await page.keyboard.press("Enter");
    await heading(page, "Run 1 is ready").waitFor();
    expect(await focused()).toBe("Run 1 is ready");
    await page.getByText("1,500 images, of which 1,500 were new to the study.").waitFor();
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Look at run 1");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).pathname).toBe("/");
    await expect.poll(() => page.getByRole("combobox", { name: "Run" }).inputValue()).toBe("1");
    expect(faults).toEqual([]);
    await close();
  });

  it("stopped keeps what is stored, and goes on from there with the same inputs after a reload", async () => {
    await makeCopies(pictures, 1_500);
    const { page, faults, close } = await open();
    await startByKeyboard(page);
    await expect.poll(() => job().progress.embedded).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Stop" }).click();
    await heading(page, "Stopped").waitFor();
    const stored = job().progress.units;
    await page.getByText(`No run was made. ${stored.toLocaleString("en-US")} images are stored`).waitFor();
    await page.reload();
    await heading(page, "Stopped").waitFor();
    expect(await page.getByLabel("Pictures").inputValue()).toBe(pictures);
    expect(await page.getByLabel("Model", { exact: true }).inputValue()).toBe("demo");
    await page.getByRole("button", { name: "Start" }).click();
    await heading(page, /^Run \d+ is ready$/).waitFor();
    expect(job().progress.embedded).toBe(1_500 - stored);
    expect(faults).toEqual([]);
    await close();
  });

  it("shows a job that is under way after a reload and in another tab, and tells other screens", async () => {
    await makeCopies(pictures, 1_500);
    const first = await open();
    const second = await open("/review");
    await second.page
      .getByRole("navigation", { name: "Screens" })
      .getByRole("link", { name: "Add images" })
      .waitFor();
    await startByKeyboard(first.page);
    await expect.poll(() => job().progress.embedded).toBeGreaterThan(0);
    await first.page.getByRole("button", { name: "Pause" }).click();
    await heading(first.page, "Paused").waitFor();
    await first.page.reload();
    await heading(first.page, "Paused").waitFor();
    // The other tab looks when it is shown again.
    await second.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await second.page.getByRole("link", { name: "Add images paused" }).waitFor();
    await second.page
      .getByRole("navigation", { name: "Screens" })
      .getByRole("link", { name: "Add images" })
      .click();
    await heading(second.page, "Paused").waitFor();
    await second.page.goBack();
    await first.page.getByRole("button", { name: "Resume" }).click();
    await heading(first.page, "Run 1 is ready").waitFor();
    const news = second.page.getByRole("link", { name: "Run 1 is ready" });
    await news.waitFor();
    expect(new URL(second.page.url()).pathname).toBe("/review");
    await news.click();
    await expect.poll(() => second.page.getByRole("combobox", { name: "Run" }).inputValue()).toBe("1");
    expect(new URL(second.page.url()).pathname).toBe("/");
    await expect.poll(() => news.count()).toBe(0);
    expect([first.faults, second.faults]).toEqual([[], []]);
    await first.close();
    await second.close();
  });

  it("lets go of its connection while nobody sees the page, and takes it up again", async () => {
    const { indexing } = served.context;
    const { onChange } = indexing;
    let listening = 0;
    Object.assign(indexing, {
      onChange: (listener: () => void) => {
        const end = onChange(listener);
        listening += 1;
        return () => {
          listening -= 1;
          end();
        };
      },
    });
    const { page, faults, close } = await open();
    await page.getByLabel("Pictures").waitFor();
    await expect.poll(() => listening).toBe(1);
    const show = (state: "hidden" | "visible") =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await show("hidden");
    await expect.poll(() => listening).toBe(0);
    await show("visible");
    await expect.poll(() => listening).toBe(1);
    // A screen that is not about it needs none while nothing is under way.
    await page.getByRole("link", { name: "Review" }).click();
    await expect.poll(() => listening).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  it("says that the connection is lost, tries again, and tells that the server was started anew", async () => {
    await makeCopies(pictures, 1_500);
    const { page, faults, close } = await open("/indexing", { mayFail: true });
    await startByKeyboard(page);
    await expect.poll(() => job().progress.embedded).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Pause" }).click();
    await heading(page, "Paused").waitFor();
    const port = Number(new URL(served.address).port);
    await served.close();
    await page.getByText("The connection to the server is lost, trying again …").waitFor();
    served = await serveStudy(folder, { port });
    // Each start has another token: its address is opened once.
    await page.getByText("This tab does not have the key to the study").waitFor();
    const other = await page.context().newPage();
    await other.goto(served.whole);
    await other.getByRole("link", { name: "Overview", exact: true }).waitFor();
    await other.close();
    await heading(page, "The server was started again").waitFor();
    await page.getByText("What was finished is stored: start again to go on from there.").waitFor();
    expect(await page.getByText("The connection to the server is lost").count()).toBe(0);
    expect(await page.getByLabel("Pictures").inputValue()).toBe(pictures);
    await page.getByRole("button", { name: "Start" }).click();
    await heading(page, /^Run \d+ is ready$/).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it("says at the form what cannot be opened, and leaves what was typed", async () => {
    const { page, faults, close } = await open("/indexing", { mayFail: true });
    await startByKeyboard(page, "nowhere <b>/at all");
    const alert = page.getByRole("alert");
    expect(await alert.locator("strong").textContent()).toBe(
      "nowhere <b>/at all: there is no such file or folder",
    );
    expect(await page.getByLabel("Pictures").inputValue()).toBe("nowhere <b>/at all");
    expect(await page.getByLabel("Pictures").getAttribute("aria-invalid")).toBe("true");
    await expectAccessible(page);
    writeFileSync(join(folder, "codebook.yaml"), "categories:\n  Events: []\n  News: [a, a]\n");
    await page.getByRole("button", { name: "Start" }).click();
    await alert.getByText("The codebook cannot be read as it is.").waitFor();
    expect(await alert.getByRole("listitem").first().textContent()).toMatch(/^Line 2: .*Events/);
    await alert.getByRole("link", { name: "Go to the codebook" }).click();
    expect(new URL(page.url()).pathname).toBe("/codebook");
    // Back again, what was typed is still there.
    await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Add images" }).click();
    expect(await page.getByLabel("Pictures").inputValue()).toBe("nowhere <b>/at all");
    expect(faults).toEqual([]);
    await close();
  });

  it("tells a job's failure there, and on other screens until it was seen", async () => {
    await makePictures(pictures, 2);
    const { page, faults, close } = await open("/indexing", { mayFail: true });
    await page.getByLabel("Pictures").fill(pictures);
    await page.getByLabel("Model", { exact: true }).selectOption({ label: "A folder with a model …" });
    await page.getByLabel("Folder of the model").fill(folder);
    const other = await open("/review", { mayFail: true });
    await page.getByRole("button", { name: "Start" }).click();
    await heading(page, "This did not work").waitFor();
    expect(await page.getByRole("alert").textContent()).toContain(
      `${basename(folder)}: the model's folder lacks config.json`,
    );
    await expectAccessible(page);
    await page.getByRole("link", { name: "Review" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.getByText("Adding images failed").count()).toBe(0);
    await other.page.reload();
    await other.page.getByRole("link", { name: "Adding images failed: see why" }).click();
    await heading(other.page, "This did not work").waitFor();
    await other.page.goBack();
    expect(await other.page.getByText("Adding images failed").count()).toBe(0);
    expect([faults, other.faults]).toEqual([[], []]);
    await close();
    await other.close();
  });

  it("says what to do first in a study without a codebook", async () => {
    rmSync(join(folder, "codebook.yaml"));
    const { page, faults, close } = await open();
    await page.getByText(`There is no codebook yet at ${join(folder, "codebook.yaml")}`).waitFor();
    expect(await page.getByLabel("Model", { exact: true }).inputValue()).toBe("clip-vit-b32");
    expect(await page.getByText(/Relative names count from/).textContent()).toContain(process.cwd());
    await page
      .getByText("Your pictures stay where they are: nothing is copied, moved or sent anywhere.")
      .waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "write the codebook" }).click();
    expect(new URL(page.url()).pathname).toBe("/codebook");
    expect(faults).toEqual([]);
    await close();
  });

  it("sends every setting, and opens those that are unusual for the next job", async () => {
    await makePictures(pictures, 2);
    const { page, faults, close } = await open();
    await page.getByLabel("Pictures").fill(`${pictures}/*.jpg\n\n  ${pictures}  \n`);
    await page.getByLabel("Model", { exact: true }).selectOption("demo");
    await page.getByText("More settings").click();
    await page.getByLabel("View").selectOption("pad");
    await page.getByLabel("Scoring").selectOption("mean");
    await page.getByLabel("Logit scale").fill("50.5");
    await page.getByLabel("Largest picture, in megapixels").fill("0.001");
    await page.getByLabel("Accept phrases longer").check();
    await page.getByLabel("Follow symbolic links").check();
    await page.getByRole("button", { name: "Start" }).click();
    await heading(page, "Run 1 is ready").waitFor();
    await page.getByText("2 images could not be read").click();
    expect(await page.locator(".failed-units li").first().textContent()).toMatch(/00000\.jpg .*pixels/);
    const run = served.context.study.runs.maybeGet(1);
    expect(run).toMatchObject({ view: "pad", scoring: "mean", logitScale: 50.5, logitSource: "given" });
    expect(run?.settings).toMatchObject({
      inputs: [`${pictures}/*.jpg`, pictures],
      truncate: true,
      followOutside: true,
      maxMegapixels: 0.001,
    });
    await page.reload();
    expect(await page.getByLabel("Logit scale").inputValue()).toBe("50.5");
    expect(await page.getByLabel("View").inputValue()).toBe("pad");
    expect(await page.getByLabel("Accept phrases longer").isChecked()).toBe(true);
    expect(await page.getByLabel("Follow symbolic links").isChecked()).toBe(true);
    // Another model has another view of its own.
    await page.getByLabel("Model", { exact: true }).selectOption("siglip-b16");
    expect(await page.getByLabel("View").inputValue()).toBe("");
    expect(faults).toEqual([]);
    await close();
  });

  it("shows the names of failed images as they are", async () => {
    for (const name of hostileNames) writeFileSync(join(pictures, name), "<html>");
    await makePictures(pictures, 1);
    const { page, faults, close } = await open();
    await startByKeyboard(page);
    await heading(page, "Run 1 is ready").waitFor();
    await page.getByText("5 images could not be read").click();
    expect(await page.locator(".unit-name").allTextContents()).toEqual(
      hostileNames.map((name) => join(pictures, name)),
    );
    expect(await page.locator(".failed-units img").count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  it("writes numbers as the browser's language does", async () => {
    await makeCopies(pictures, 1_200);
    const { page, faults, close } = await open("/indexing", { locale: "de-DE" });
    await startByKeyboard(page);
    await page.getByText(/ of 1\.200 images/).waitFor();
    await page.getByText("1.200 images, of which 1.200 were new to the study.").waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it.for(["light", "dark"] as const)(
    "is accessible in each state, and fits a phone without scrolling sideways: %s",
    async (colorScheme) => {
      for (const name of hostileNames) writeFileSync(join(pictures, name), "<html>");
      await makeCopies(pictures, 1_500);
      const { page, faults, close } = await open("/indexing", {
        colorScheme,
        viewport: { width: 390, height: 844 },
      });
      const check = async () => {
        const folded = page.locator("details:not([open]) > summary");
        while ((await folded.count()) > 0) await folded.first().click();
        await expectAccessible(page);
        const [content, window] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        expect(content).toBeLessThanOrEqual(window as number);
      };
      await page.getByLabel("Pictures").waitFor();
      await check();
      await page.getByLabel("Pictures").fill(pictures);
      await page.getByLabel("Model", { exact: true }).selectOption("demo");
      await page.getByRole("button", { name: "Start" }).click();
      await expect.poll(() => job().progress.embedded).toBeGreaterThan(0);
      await page.getByRole("button", { name: "Pause" }).click();
      await heading(page, "Paused").waitFor();
      await page.getByText("5 images could not be read").waitFor();
      await check();
      await page.getByRole("button", { name: "Resume" }).click();
      await heading(page, "Run 1 is ready").waitFor();
      await check();
      expect(faults).toEqual([]);
      await close();
    },
  );
});
