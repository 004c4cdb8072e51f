import { describe, expect, it } from "vitest";
import { renderOverview } from "../../src/report/renderOverview.tsx";
import { exampleOverview } from "./exampleOverview.ts";
import { attribute, byClass, byId, elements, parsePage, readableText, textOf } from "./parsePage.ts";

function pageOf(spec: Parameters<typeof exampleOverview>[0]) {
  return parsePage(renderOverview(exampleOverview(spec)));
}

const PHRASES = ["a thing"];

describe("an overview with little in it", () => {
  it("says of a category without an image that it has none, beside phrases that never won", () => {
    const page = pageOf({
      categories: [
        { name: "Full", phrases: PHRASES, count: 5 },
        { name: "Empty", phrases: ["another thing"], count: 0 },
      ],
    });
    const section = byId(page, "category-2");
    expect(readableText(section)).toContain("0 images · 0.0%");
    expect(readableText(section)).toContain("No image was sorted here");
    expect(byClass(section, "gallery")).toEqual([]);
    expect(byClass(section, "never")).toHaveLength(1);
    expect(readableText(section)).not.toContain("mean probability");
  });

  it("shows a study in which nothing could be classified without chart, shares or not-a-number", () => {
    const page = pageOf({
      categories: [{ name: "Empty", phrases: PHRASES, count: 0 }],
      failures: [{ name: "a.jpg", code: "empty_file", sentence: "the file has no bytes" }],
    });
    const text = readableText(page);
    expect(elements(page, "svg")).toEqual([]);
    expect(text).toContain(
      "Nothing could be classified, so there are no shares. The failures below say why.",
    );
    expect(text).toContain("There are no close calls to show");
    expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  it("does not point to failures where there are none", () => {
    const text = readableText(pageOf({ categories: [{ name: "Empty", phrases: PHRASES, count: 0 }] }));
    expect(text).toContain("No images were found.");
    expect(text).toContain("None: everything that was found could be read and classified.");
  });

  it("has no runner-up and no close calls with a single category", () => {
    const page = pageOf({ categories: [{ name: "Only", phrases: PHRASES, count: 4 }], closeCalls: 0 });
    expect(byClass(page, "next")).toEqual([]);
    expect(byClass(page, "gallery").flatMap((list) => elements(list, "li"))).toHaveLength(3);
  });

  it("speaks of one image in the singular and of a whole category as all", () => {
    const page = pageOf({
      categories: [
        { name: "One", phrases: PHRASES, count: 1 },
        { name: "Three", phrases: ["three things"], count: 3 },
        { name: "Four", phrases: ["four things"], count: 4 },
      ],
    });
    expect(readableText(byId(page, "category-1"))).toContain("1 image · 12.5%");
    expect(readableText(byId(page, "category-1"))).toContain("The only image");
    expect(readableText(byId(page, "category-2"))).toContain("All 3 images, sorted by probability");
    expect(readableText(byId(page, "category-3"))).toContain(
      "3 of 4 images, drawn at random, sorted by probability",
    );
  });

  it("speaks of units where some of them show the same image", () => {
    const overview = exampleOverview();
    const text = readableText(
      parsePage(renderOverview({ ...overview, counts: { ...overview.counts, images: 400 } })),
    );
    expect(text).toContain("units classified420");
    expect(text).toContain("different images400");
    expect(text).toContain("260 units · 61.9%");
  });

  it("names an image without thumbnail and says that there is no picture", () => {
    const page = pageOf({ thumbnail: () => undefined });
    expect(elements(page, "img")).toEqual([]);
    expect(byClass(page, "no-thumbnail")).toHaveLength(9 + 4);
  });
});

describe("an overview with much in it", () => {
  it("folds a long phrase and a long file name behind a visibly shortened form and loses nothing", () => {
    const phrase = `${"word ".repeat(199)}end.`;
    const name = `${"n".repeat(296)}.jpg`;
    const page = pageOf({
      categories: [{ name: "Long", phrases: [phrase], count: 1 }],
      imageName: () => name,
    });
    const folded = byClass(byId(page, "category-1"), "long").map((details) =>
      elements(details, "bdi").map(textOf),
    );
    expect(folded.map(([, full]) => full)).toEqual([phrase, phrase, name]);
    for (const [short] of folded) expect(short).toMatch(/…/);
    expect(folded.at(-1)?.[0]).toMatch(/^n+…n+\.jpg$/);
  });

  it("folds phrases, close calls and bars beyond those that fit a screen", () => {
    const categories = Array.from({ length: 60 }, (_, index) => ({
      name: `Category ${index}`,
      phrases: Array.from({ length: 13 }, (_, phrase) => `phrase ${index}-${phrase}`),
      count: 10 + index,
    }));
    const page = pageOf({ categories, closeCalls: 24 });
    const summaries = elements(page, "summary").map(readableText);
    expect(summaries).toEqual(
      expect.arrayContaining(["40 more categories", "12 more close calls", "One more phrase"]),
    );
    expect(elements(byId(page, "shares"), "rect")).toHaveLength(60);
    expect(
      byClass(byId(page, "category-60"), "phrases").flatMap((list) => elements(list, "li")),
    ).toHaveLength(13);
    // Both charts share one axis, else their bars would not compare.
    const marks = elements(byId(page, "shares"), "svg").map((chart) =>
      elements(chart, "text")
        .map(textOf)
        .filter((text) => /^\d+%$/.test(text)),
    );
    expect(marks[0]).toEqual(marks[1]);
  });

  it("keeps a page of 60 categories with 12 thumbnails of 8 kB each below 10 MB", () => {
    const base64 = "A".repeat((8000 / 3) * 4);
    const categories = Array.from({ length: 60 }, (_, index) => ({
      name: `Category ${index}`,
      phrases: ["a photo of some things in a room", "a drawing of some other things"],
      count: 1000,
    }));
    const thumbnail = () => ({ mimeType: "image/webp", base64, widthPx: 256, heightPx: 192 }) as const;
    const page = renderOverview(exampleOverview({ categories, perCategory: 12, closeCalls: 24, thumbnail }));
    expect(page.length).toBeLessThan(10_000_000);
    const withoutPictures = page.replaceAll(base64, "");
    expect(withoutPictures.length / (60 * 12 + 24)).toBeLessThan(800);
  });

  it("lets right-to-left text run in its own direction", () => {
    const page = pageOf({
      title: "صور الحملة",
      categories: [{ name: "مظاهرات", phrases: ["حشد من الناس"], count: 3 }],
    });
    for (const heading of [...elements(page, "h1"), ...elements(page, "h3").slice(0, 1)]) {
      expect(attribute(heading, "dir")).toBe("auto");
    }
    const isolated = elements(page, "bdi").map(textOf);
    expect(isolated).toEqual(expect.arrayContaining(["مظاهرات", "حشد من الناس"]));
  });
});
