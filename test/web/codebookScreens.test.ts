import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawPictures } from "../../demo/drawPictures.ts";
import { askApp } from "../server/askApp.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { expectAccessible, useChromium } from "./chromium.ts";
import { classifyInto } from "./classifyInto.ts";
import {
  boardCodebook,
  expectNoSidewaysScrolling,
  makeBoardStudy,
  numbersAreHere,
  phraseField,
  phrasesOf,
} from "./codebook/boardStudy.ts";

describe("what stands beside the board, and how it looks, in Chromium", () => {
  const openTab = useChromium();
  let study: Awaited<ReturnType<typeof makeBoardStudy>>;

  beforeAll(async () => {
    study = await makeBoardStudy();
  });

  afterAll(() => study.remove());

  it("maps the similar phrases, and names the pair under the arrow keys with the server's own number", async () => {
    const served = await study.serveCopy();
    const { page, faults, close } = await openTab(`${served.url}?panel=similarity`);
    const answered = page.waitForResponse((response) => response.url().endsWith("/api/drafts"));
    await page.reload();
    const { scores } = await (await answered).json();
    const map = page.locator(".map-grid");
    await map.waitFor();
    await map.focus();
    for (let i = 0; i < 10; i++) {
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowLeft");
    }
    await page.getByText("the same phrase").waitFor();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
    const readout = page.locator("#map-readout");
    expect(await readout.locator(".map-value").textContent()).toBe(scores.similarities[1 * 8 + 2].toFixed(3));
    expect(await readout.locator("button").allTextContents()).toEqual([
      "A distinct promotional poster for a political event or campaign.",
      "A large assembly of supporters or participants at an open-air political rally.",
    ]);
    // The first of the list is the most alike pair of two categories.
    const categories = [0, 0, 1, 1, 2, 2, 3, 3];
    let most = -1;
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < i; j++) {
        if (categories[i] !== categories[j]) most = Math.max(most, scores.similarities[i * 8 + j]);
      }
    }
    expect(await page.locator(".pair-value").first().textContent()).toBe(most.toFixed(3));
    // The map is darker where they are more alike: sampled beside the numbers, in the light.
    const lightness = await map.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
      const cell = canvas.width / 8;
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return Array.from({ length: 64 }, (_, i) => {
        const at =
          4 * (Math.floor(Math.floor(i / 8) * cell + 4) * canvas.width + Math.floor((i % 8) * cell + 4));
        return (pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0);
      });
    });
    const pairs = Array.from({ length: 64 }, (_, i) => i).filter((i) => i % 8 !== Math.floor(i / 8));
    const byCosine = pairs.toSorted((a, b) => scores.similarities[a] - scores.similarities[b]);
    for (const [i, pair] of byCosine.entries()) {
      const next = byCosine[i + 1];
      if (next !== undefined) expect(lightness[next]).toBeLessThanOrEqual((lightness[pair] ?? 0) + 1);
    }
    expect(lightness[byCosine[0] ?? 0]).toBeGreaterThan((lightness[byCosine.at(-1) ?? 0] ?? 0) + 100);
    await readout.locator("button").first().click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
      "Phrase 2 of Campaign Material",
    );
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("finds images by a sentence and by an image, adds the sentence as a phrase, and pins an image", async () => {
    const served = await study.serveCopy();
    const { page, faults, close } = await openTab(served.url);
    await page.getByRole("link", { name: "Find images" }).click();
    await page.getByLabel("A sentence, as a caption would say it").fill("a burger on a plate");
    await page.locator(".found-image").first().waitFor();
    const query = new URLSearchParams({ find: "a burger on a plate", limit: "24" });
    const listed = await (await askApp(`${served.address}/api/runs/1/units?${query}`)).json();
    const titles = () =>
      page.locator(".found-name").evaluateAll((all) => all.map((name) => (name as HTMLElement).title));
    await expect.poll(titles).toEqual(listed.items.map(({ name }: { name: string }) => name));
    expect(new URL(page.url()).searchParams.get("find")).toBe("a burger on a plate");
    await page.getByRole("button", { name: "Add as phrase to …" }).click();
    await page.getByRole("menuitem", { name: "Other" }).click();
    expect(await phrasesOf(page, "Other")).toContain("a burger on a plate");
    await page
      .locator(".found-image")
      .first()
      .getByRole("link", { name: /^Similar/u })
      .first()
      .click();
    await expect.poll(async () => (await titles())[0]).toBe(listed.items[0].name);
    await page
      .getByRole("button", { name: /^Pin as example/u })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Other" }).click();
    await page
      .getByRole("region", { name: "Other", exact: true })
      .getByRole("button", { name: /Details|Description/u })
      .click();
    const examples = page.getByRole("region", { name: "Other", exact: true }).locator(".examples");
    await examples.locator("img").waitFor();
    expect(await examples.locator(".example-name").getAttribute("title")).toBe(listed.items[0].name);
    await page.keyboard.press("Control+s");
    await page.getByText("Saved", { exact: true }).waitFor();
    expect(served.text()).toContain(listed.items[0].name);
    await examples.getByRole("button", { name: /^Remove the example/u }).click();
    expect(await examples.locator("img").count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("goes back to the sentence before, in the field as in the images", async () => {
    const served = await study.serveCopy();
    const { page, faults, close } = await openTab(`${served.url}?panel=find&find=a+dog`);
    const field = page.getByLabel("A sentence, as a caption would say it");
    // Enter makes a step of its own of it, before the pause in typing is over.
    await field.fill("a sunset");
    await page.keyboard.press("Enter");
    await page.waitForURL(/find=a\+sunset/u);
    await page.goBack();
    await page.waitForURL(/find=a\+dog/u);
    await expect.poll(() => field.inputValue()).toBe("a dog");
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("leaves the search box its own undo", async () => {
    const served = await study.serveCopy();
    const { page, close } = await openTab(`${served.url}?panel=find`);
    await phraseField(page, "Faces", 1).fill("a smiling face");
    await page.getByLabel("A sentence, as a caption would say it").fill("a burger");
    await page.keyboard.press("Control+z");
    expect(await phraseField(page, "Faces", 1).inputValue()).toBe("a smiling face");
    await close();
    await served.close();
  });

  it("shows names and phrases full of HTML, quotes, emoji and right-to-left text as they are", async () => {
    const folder = mkdtempSync(join(tmpdir(), "clipbook-hostile-"));
    const pictures = join(folder, "<b>images");
    await drawPictures(join(folder, "drawn"), { count: 4 });
    mkdirSync(pictures);
    const hostileNames = [
      `<img src=x onerror=alert(1)>.jpg`,
      `"quotes" & 'more'.jpg`,
      "😀 שלום عالم.jpg",
      `${"long".repeat(40)}.jpg`,
    ];
    const drawn = readdirSync(join(folder, "drawn")).filter((name) => /\.(?:jpg|png|webp)$/u.test(name));
    for (const [i, name] of hostileNames.entries()) {
      writeFileSync(join(pictures, name), readFileSync(join(folder, "drawn", drawn[i] ?? "")));
    }
    const hostile = {
      "<script>alert(1)</script>": ["<img src=x onerror=alert(2)>", `a "quoted" phrase & more`],
      قطة: ["صورة قطة تجلس على الطاولة", "x".repeat(60)],
      "😀 evil": ["a 😀 face", "{} %s \\ end"],
    };
    writeFileSync(join(folder, "codebook.yaml"), JSON.stringify({ ...hostile, Other: ["a street"] }));
    await classifyInto(folder, [pictures]);
    const served = await serveStudy(folder);
    const { page, faults, close } = await openTab(`${served.address}/codebook?panel=find&find=a+person`);
    page.on("dialog", (dialog) => {
      faults.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await numbersAreHere(page);
    for (const [category, phrases] of Object.entries(hostile)) {
      expect(await phrasesOf(page, category)).toEqual(phrases);
    }
    await page.locator(".found-image").first().waitFor();
    expect((await page.locator(".found-name").allTextContents()).sort()).toEqual([...hostileNames].sort());
    await page.locator(".phrase-text textarea").first().fill(`"><svg onload=alert(3)>`);
    await numbersAreHere(page);
    await page.getByRole("link", { name: "Similar phrases" }).click();
    await page.locator(".pair").first().waitFor();
    await page.getByRole("link", { name: "Moved images" }).click();
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScrolling(page);
    expect(faults).toEqual([]);
    expect(served.faults).toEqual([]);
    await close();
    await served.close();
    rmSync(folder, { recursive: true });
  });

  it("works on a phone: one category open at a time, no sideways scrolling, phrases moved by the menu", async () => {
    const served = await study.serveCopy();
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const { page, faults, close } = await openTab(served.url, phone);
    await numbersAreHere(page);
    expect(await page.locator(".phrase").count()).toBe(0);
    await page.getByRole("button", { name: "Phrases of Faces" }).tap();
    expect(await page.locator(".phrase").count()).toBe(2);
    await expectNoSidewaysScrolling(page);
    await page.getByRole("button", { name: "Phrases of Other" }).tap();
    expect(await phrasesOf(page, "Faces")).toEqual([]);
    await page.getByRole("button", { name: "Move or delete: Phrase 1 of Other", exact: true }).tap();
    await page.getByRole("menuitem", { name: "Faces" }).tap();
    expect(await phrasesOf(page, "Faces")).toHaveLength(3);
    await numbersAreHere(page);
    for (const panel of ["Moved images", "Similar phrases", "Find images", "Versions"]) {
      await page.getByRole("link", { name: panel }).tap();
      await page.getByRole("heading", { name: panel }).waitFor();
      await expectNoSidewaysScrolling(page);
    }
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });

  it("drags a phrase by a finger", async () => {
    const served = await study.serveCopy();
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const { page, close } = await openTab(served.url, phone);
    await numbersAreHere(page);
    await page.getByRole("button", { name: "Phrases of Faces" }).tap();
    const phrase = await phraseField(page, "Faces", 1).inputValue();
    await page.locator(".handle").first().scrollIntoViewIfNeeded();
    const from = await page.locator(".handle").first().boundingBox();
    const to = await page.locator(".category", { hasText: "Campaign Material" }).boundingBox();
    if (from === null || to === null) throw new Error("not on the screen");
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number, y: number) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
    await touch("touchStart", from.x + 10, from.y + 10);
    await touch("touchMove", from.x + 10, from.y - 10);
    await touch("touchMove", to.x + 60, Math.max(70, to.y + 20));
    await page.locator(".drop-box").waitFor();
    await touch("touchEnd", 0, 0);
    expect(await phrasesOf(page, "Campaign Material")).toContain(phrase);
    await close();
    await served.close();
  });

  it("says what to do without a run, and still edits and saves", async () => {
    const folder = mkdtempSync(join(tmpdir(), "clipbook-norun-"));
    const served = await serveStudy(folder);
    const { page, faults, close } = await openTab(`${served.address}/codebook`);
    await page.getByText("No run yet, so no counts.").waitFor();
    await page.getByText("This is a starter codebook to be overwritten.").waitFor();
    await expectAccessible(page);
    // It is checked all the same.
    await phraseField(page, "Rally", 1).fill("a crowd without banners");
    await page.getByText(/negates with "without"/u).waitFor();
    await phraseField(page, "Rally", 1).fill("a crowd of people in a square");
    await page.keyboard.press("Control+s");
    await page.getByText("Saved", { exact: true }).waitFor();
    expect(readFileSync(join(folder, "codebook.yaml"), "utf8")).toContain("a crowd of people in a square");
    expect(faults).toEqual([]);
    await close();
    await served.close();
    rmSync(folder, { recursive: true });
  });

  it("says why there are no counts while the model is not at hand", async () => {
    const served = await study.serveCopy(boardCodebook, { model: join(tmpdir(), "there-is-no-such-model") });
    const { page, close } = await openTab(served.url, { mayFail: true });
    await phraseField(page, "Faces", 1).fill("a phrase that nobody has embedded");
    await page.getByText("No counts for this draft:").waitFor();
    await page.getByText("there-is-no-such-model").first().waitFor();
    // A draft of known phrases needs no model.
    await page.keyboard.press("Control+z");
    await page.locator(".effect-headline", { hasText: "moved" }).waitFor();
    await close();
    await served.close();
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`is accessible in every state (${colorScheme})`, async () => {
      const served = await study.serveCopy();
      const { page, faults, close } = await openTab(served.url, { colorScheme, mayFail: true });
      await numbersAreHere(page);
      await expectAccessible(page);
      await phraseField(page, "Faces", 2).fill("a plate of food on a table");
      await numbersAreHere(page);
      await page
        .getByRole("button", { name: /Details|Description/u })
        .first()
        .click();
      await openMenuOf(page, "Phrase 1 of Campaign Material");
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await page.locator(".effect .move").first().click();
      await page.locator(".moved-image").first().waitFor();
      await expectAccessible(page);
      await page.getByRole("link", { name: "Similar phrases" }).click();
      await page.locator(".map-grid").waitFor();
      await expectAccessible(page);
      await page.getByRole("link", { name: "Find images" }).click();
      await page.getByLabel("A sentence, as a caption would say it").fill("a person");
      await page.locator(".found-image").first().waitFor();
      await expectAccessible(page);
      writeFileSync(served.file, `${boardCodebook}# by somebody else\n`);
      await page.keyboard.press("Control+s");
      await page.getByRole("dialog").waitFor();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Overwrite with mine" }).click();
      await page.getByText("Saved", { exact: true }).waitFor();
      await page.getByRole("link", { name: "Versions" }).click();
      await page.locator(".versions a").nth(1).click();
      await page.locator(".shown-version").waitFor();
      await expectAccessible(page);
      await phraseField(page, "Faces", 1).fill("Food, beverages, or generic shots.");
      await page.getByText("A mistake keeps this from being a codebook.").waitFor();
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole("button", { name: "Phrases of Faces" }).click();
      await expectAccessible(page);
      expect(faults).toEqual([]);
      await close();
      await served.close();
    });
  }
});

async function openMenuOf(page: Page, phrase: string): Promise<void> {
  await page.getByRole("button", { name: `Move or delete: ${phrase}`, exact: true }).click();
  await page.getByRole("menu").waitFor();
}
