import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useChromium } from "./chromium.ts";
import { openCodingStudy, untilCoded, untilImage } from "./codingStudy.ts";

describe("one press on the coding screen", () => {
  const openTab = useChromium();
  let demo: Awaited<ReturnType<typeof openCodingStudy>>;
  beforeAll(async () => {
    demo = await openCodingStudy();
  });
  afterAll(() => demo.close());

  const written = (sampleId: number) =>
    demo.study.codings.history(sampleId).map(({ answer, value }) => value ?? answer);

  it("is one answer where it is a double click", async () => {
    const sample = demo.sampleOf();
    const { page, faults, close } = await openTab(demo.linkOf(sample, "Anna"));
    await untilImage(page, 1);
    await page.locator(".categories li button").first().dblclick();
    await untilCoded(page, 1);
    await untilImage(page, 2);
    await page.locator(".answers .unsure").dblclick();
    await untilCoded(page, 2);
    await untilImage(page, 3);
    await page.locator(".answers .undo").dblclick();
    await untilCoded(page, 1);
    expect(written(sample.id)).toEqual([demo.categories[0], "unsure", "withdrawn"]);
    expect(faults).toEqual([]);
    await close();
  });

  it.each(["Enter", "Space"])("is one answer where %s is held on a button", async (key) => {
    const sample = demo.sampleOf();
    const { page, faults, close } = await openTab(demo.linkOf(sample, "Anna"));
    await untilImage(page, 1);
    await page.locator(".categories li button").nth(1).focus();
    for (let times = 0; times < 5; times++) await page.keyboard.down(key);
    await page.keyboard.up(key);
    await untilCoded(page, 1);
    await untilImage(page, 2);
    // Pressed anew, it is another answer.
    await page.keyboard.press(key);
    await untilCoded(page, 2);
    expect(written(sample.id)).toEqual([demo.categories[1], demo.categories[1]]);
    expect(faults).toEqual([]);
    await close();
  });

  it("does not go past the right answer of a training round", async () => {
    const sample = demo.sampleOf({
      purpose: "training",
      knownCategory: () => demo.categories[0] as string,
      passMark: 0.8,
    });
    const { page, close } = await openTab(demo.linkOf(sample, "Anna"));
    await untilImage(page, 1);
    await page.locator(".categories li button").first().focus();
    for (let times = 0; times < 5; times++) {
      await page.keyboard.down("Enter");
      if (times === 0) await page.locator(".feedback").waitFor();
    }
    await page.keyboard.up("Enter");
    expect(await page.locator(".feedback").count()).toBe(1);
    expect(written(sample.id)).toHaveLength(1);
    await close();
  });
});
