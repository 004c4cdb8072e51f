import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible, useChromium } from "./chromium.ts";
import { openCodingStudy, untilCoded, untilImage } from "./codingStudy.ts";

const hostile = [
  `"><script>alert(1)</script><img src=x onerror=alert(2)>`,
  "مظاهرات وتجمعات",
  `😀 & "quoted" ${"x".repeat(120)}`,
];
/** Thirty-two categories need two keys each. */
const codebook = JSON.stringify({
  title: hostile[0],
  categories: Object.fromEntries(
    Array.from({ length: 32 }, (_, index) => [
      hostile[index] ?? `Category ${index}`,
      { phrases: [`a picture ${index} of something`], instructions: `${hostile[index % 3]} ${index}` },
    ]),
  ),
});
const phone = { viewport: { width: 390, height: 844 } };

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

describe("the coding screen", () => {
  const openTab = useChromium();
  let demo: Awaited<ReturnType<typeof openCodingStudy>>;
  let odd: Awaited<ReturnType<typeof openCodingStudy>>;
  beforeAll(async () => {
    demo = await openCodingStudy();
    odd = await openCodingStudy(codebook);
  });
  afterAll(async () => {
    await demo.close();
    await odd.close();
  });

  it("shows hostile names and instructions as they are, and gives each of many categories its keys", async () => {
    const sample = odd.sampleOf({ name: hostile[0] as string });
    const anna = await openTab(odd.linkOf(sample, hostile[2]?.slice(0, 70) as string));
    const { page } = anna;
    await untilImage(page, 1);
    await page.keyboard.press("i");
    const names = page.locator(".categories li button span");
    expect(await names.allTextContents()).toEqual(odd.categories);
    expect(await page.locator(".categories li p").first().textContent()).toBe(`${hostile[0]} 0`);
    expect(await page.locator(".code-top .name").allTextContents()).toContain(hostile[0]);
    await page.keyboard.press("2");
    await page.locator(".categories li.out").first().waitFor();
    await page.keyboard.press("2");
    await untilCoded(page, 1);
    await untilImage(page, 2);
    // A key that was begun is left by Escape.
    for (const key of ["2", "Escape", "1", "1"]) await page.keyboard.press(key);
    await untilCoded(page, 2);
    expect(odd.study.codings.history(sample.id).map(({ value }) => value)).toEqual([
      "Category 31",
      hostile[0],
    ]);
    expect(await page.evaluate(() => document.scripts.length)).toBe(1);
    expect(await widthOf(page)).toBe(1280);
    await page.setViewportSize(phone.viewport);
    expect(await widthOf(page)).toBe(390);
    expect([odd.served.faults, anna.faults]).toEqual([[], []]);
    await anna.close();
  });

  it("is worked with thumbs on a phone: the picture stays in sight, nothing sideways", async () => {
    const sample = demo.sampleOf();
    const { page, close } = await openTab(demo.linkOf(sample, "Anna"), { ...phone, hasTouch: true });
    await untilImage(page, 1);
    await page.getByRole("button", { name: "Instructions" }).tap();
    const last = page.getByRole("button", { name: demo.categories.at(-1) as string });
    await last.scrollIntoViewIfNeeded();
    const stage = await page.locator(".stage").boundingBox();
    expect([stage?.y, (stage?.height ?? 0) > 250]).toEqual([0, true]);
    expect(await widthOf(page)).toBe(390);
    await last.tap();
    await untilCoded(page, 1);
    await untilImage(page, 2);
    await page.getByRole("button", { name: "Unsure" }).tap();
    await untilCoded(page, 2);
    await page.getByRole("button", { name: "Undo" }).tap();
    await untilCoded(page, 1);
    expect(demo.study.codings.history(sample.id).map(({ value, answer }) => value ?? answer)).toEqual([
      demo.categories.at(-1),
      "unsure",
      "withdrawn",
    ]);
    await close();
  });

  it("stays where it is: nothing moves between images, nor when an answer is told in training", async () => {
    const sample = demo.sampleOf({
      purpose: "training",
      passMark: 1,
      knownCategory: () => demo.categories[0] as string,
    });
    const { page, close } = await openTab(demo.linkOf(sample, "Anna"));
    const places = new Set<string>();
    const look = async () => {
      const boxes = [".stage", ".answers .unsure"].map((selector) => page.locator(selector).boundingBox());
      places.add(JSON.stringify(await Promise.all(boxes)));
    };
    for (let number = 1; number <= 4; number++) {
      await untilImage(page, number);
      await look();
      await page.keyboard.press(String(number));
      await page.locator(".feedback").waitFor();
      await look();
      await page.keyboard.press("Enter");
    }
    expect(places.size).toBe(1);
    await close();
  });

  it.each(["light", "dark"] as const)("is accessible in every state (%s)", async (colorScheme) => {
    const sample = demo.sampleOf({ perCategory: 1 });
    const anna = demo.linkOf(sample, "Anna");
    for (const viewport of [{ width: 1280, height: 720 }, phone.viewport]) {
      const { page, faults, close } = await openTab(anna, { colorScheme, viewport });
      await untilImage(page, viewport.width === 390 ? 3 : 1);
      await expectAccessible(page);
      await page.keyboard.press("i");
      await expectAccessible(page);
      await page.keyboard.press("1");
      await untilCoded(page, viewport.width === 390 ? 3 : 1);
      await untilImage(page, viewport.width === 390 ? 4 : 2);
      await page.keyboard.press("u");
      await untilCoded(page, viewport.width === 390 ? 4 : 2);
      await page.keyboard.press("ArrowLeft");
      await expectAccessible(page);
      expect(faults).toEqual([]);
      await close();
    }
    // A clash, the end, adjudication, training, and answers that are not saved.
    const { page, close } = await openTab(anna, { colorScheme, mayFail: true });
    await untilImage(page, 5);
    const other = await openTab(anna, { colorScheme });
    await untilImage(other.page, 5);
    await other.page.keyboard.press("1");
    await untilCoded(other.page, 5);
    await page.keyboard.press("2");
    await page.locator(".clash").waitFor();
    await expectAccessible(page);
    await page.keyboard.press("r");
    await untilImage(page, 6);
    await page.route("**/codings", (route) => route.abort());
    await page.keyboard.press("1");
    await page
      .getByRole("alert")
      .filter({ hasText: "An answer is not saved yet: the server does not answer." })
      .waitFor();
    await expectAccessible(page);
    await page.unroute("**/codings");
    await page.getByRole("button", { name: "Try now" }).click();
    await untilCoded(page, 6);
    await untilImage(page, 7);
    await page.keyboard.press("1");
    await page.getByRole("heading", { name: "Done" }).waitFor();
    await expectAccessible(page);
    await other.close();
    await close();

    const training = demo.sampleOf({
      purpose: "training",
      passMark: 1,
      perCategory: 1,
      knownCategory: () => "Other",
    });
    const cem = await openTab(demo.linkOf(training, "Cem"), { colorScheme });
    await untilImage(cem.page, 1);
    await cem.page.keyboard.press("1");
    await cem.page.locator(".feedback").waitFor();
    await expectAccessible(cem.page);
    await cem.close();

    const ben = await openTab(demo.linkOf(sample, "Ben"), { colorScheme });
    for (let number = 1; number <= 7; number++) {
      await untilImage(ben.page, number);
      await ben.page.keyboard.press("7");
      await untilCoded(ben.page, number);
    }
    await ben.close();
    const eve = await openTab(demo.linkOf(sample, "Eve", "adjudicator"), { colorScheme });
    await untilImage(eve.page, 1);
    await expectAccessible(eve.page);
    await eve.close();
  });
});
