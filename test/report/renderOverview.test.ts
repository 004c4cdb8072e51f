import { parse } from "parse5";
import { describe, expect, it } from "vitest";
import type { Overview, OverviewImage } from "../../src/report/overview.ts";
import { renderOverview } from "../../src/report/renderOverview.tsx";
import { exampleOverview } from "./exampleOverview.ts";
import {
  attribute,
  byClass,
  byId,
  elements,
  type PageElement,
  parsePage,
  readableText,
} from "./parsePage.ts";

const BROKEN = [
  { name: "a/broken.jpg", code: "truncated", sentence: "the file ends in the middle of the picture" },
  { name: "a/empty.jpg", code: "empty_file", sentence: "the file has no bytes" },
  { name: "b/broken.jpg", code: "truncated", sentence: "the file ends in the middle of the picture" },
];

function pageOf(overview: Overview) {
  return parsePage(renderOverview(overview));
}

function headings(page: ReturnType<typeof pageOf>): readonly PageElement[] {
  return elements(page).filter(({ tagName }) => /^h[1-6]$/.test(tagName));
}

describe("renderOverview", () => {
  it("begins with what has to be known of the model, and only where there is something", () => {
    const aboutTheModel = "it knows drawings only: what it says of other pictures means nothing";
    const noteOf = (overview: Overview) =>
      readableText(byClass(pageOf(overview), "caveat")[0] as PageElement);
    expect(noteOf({ ...exampleOverview({}), aboutTheModel })).toMatch(
      new RegExp(`^About this model: ${aboutTheModel}[.] *An impression`),
    );
    expect(noteOf(exampleOverview({}))).toMatch(/^An impression/);
  });

  const overview = exampleOverview({ failures: BROKEN });
  const page = pageOf(overview);

  it("makes the same page from the same overview", () => {
    expect(renderOverview(overview)).toBe(renderOverview(structuredClone(overview)));
  });

  it("is one English document with a title, one h1 and no level of headings left out", () => {
    const [html] = elements(page, "html");
    expect(html && attribute(html, "lang")).toBe("en");
    expect(elements(page, "title").map(readableText)).toContain(
      "Campaign pictures, spring 2026 · Clipbook overview",
    );
    const levels = headings(page).map(({ tagName }) => Number(tagName[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => {
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
    });
  });

  it("has one header, nav, main and footer, and every section is named by its heading", () => {
    for (const landmark of ["header", "nav", "main", "footer"])
      expect(elements(page, landmark)).toHaveLength(1);
    const sections = elements(page, "section");
    expect(sections.length).toBe(6 + overview.categories.length);
    for (const section of sections) {
      const heading = byId(page, attribute(section, "aria-labelledby") ?? "");
      expect(headings(section)[0]).toBe(heading);
    }
  });

  it("refers to nothing outside itself and runs nothing", () => {
    for (const element of elements(page)) {
      for (const { name, value } of element.attrs) {
        if (name === "src" || name === "href") expect(value).toMatch(/^(data:|#)/);
        expect(name).not.toMatch(/^on|^srcset$|^action$|^xlink/);
      }
    }
    for (const tag of ["script", "iframe", "object", "embed", "form", "base"])
      expect(elements(page, tag)).toEqual([]);
  });

  it("forbids the browser everything but its own styles and data: pictures", () => {
    const policy = elements(page, "meta").find(
      (meta) => attribute(meta, "http-equiv") === "Content-Security-Policy",
    );
    expect(policy && attribute(policy, "content")?.split("; ")).toEqual(
      expect.arrayContaining(["default-src 'none'", "img-src data:", "style-src 'unsafe-inline'"]),
    );
  });

  it("links to an element of the page with every link, each id being there once", () => {
    const ids = elements(page).flatMap((element) => attribute(element, "id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const links = elements(page, "a").map((link) => attribute(link, "href"));
    expect(links.length).toBeGreaterThan(10);
    for (const link of links) expect(ids.map((id) => `#${id}`)).toContain(link);
  });

  it("leads from the contents to every category", () => {
    const [nav] = elements(page, "nav");
    const targets = elements(nav ?? page, "a").map((link) =>
      byId(page, attribute(link, "href")?.slice(1) ?? ""),
    );
    const names = targets.flatMap((target) => elements(target, "h3")[0] ?? []).map(readableText);
    expect(names).toEqual(expect.arrayContaining(overview.categories.map(({ name }) => name)));
  });

  it("says that it is an impression and that a softmax share is no confidence", () => {
    const [note] = elements(page).filter((element) => attribute(element, "role") === "note");
    const text = note && readableText(note);
    expect(text).toContain("An impression, not a validation.");
    expect(text).toContain("the model divides 100% among all phrases");
    expect(text).toContain("It is not a confidence");
  });

  it.each([
    ["max", "softmax", "the one phrase that fits it best", "among all phrases"],
    ["sum", "softmax", "phrases together have the highest probability", "among all phrases"],
    ["mean", "softmax", "the average of each category’s phrases", "among the categories"],
    ["max", "sigmoid", "the one phrase that fits it best", "do not add up to 100"],
  ] as const)("explains %s scoring with %s probabilities", (scoring, probabilityKind, rule, meaning) => {
    const text = readableText(pageOf({ ...overview, scoring, probabilityKind }));
    expect(text).toContain(rule);
    expect(text).toContain(meaning);
    expect(text.includes("divides 100%")).toBe(probabilityKind === "softmax");
  });

  it("draws every category's share and gives the same numbers as a table", () => {
    const shares = byId(page, "shares");
    expect(elements(shares, "rect")).toHaveLength(3);
    const rows = elements(shares, "tr").map((row) =>
      row.childNodes.map((cell) => readableText(cell as PageElement)),
    );
    expect(rows).toEqual([
      ["Category", "Images", "Share", "Mean probability"],
      ["Flyers and posters", "120", "28.6%", "40.0%"],
      ["Rallies", "260", "61.9%", "53.0%"],
      ["Something else", "40", "9.5%", "66.0%"],
    ]);
  });

  it("draws the largest share first and a residual category last, even a large one", () => {
    const categories = [
      { name: "Few", phrases: ["a"], count: 10 },
      { name: "Other", phrases: ["b"], count: 500, residual: true },
      { name: "Many", phrases: ["c"], count: 300 },
    ];
    const labels = elements(byId(pageOf(exampleOverview({ categories })), "shares"), "text")
      .filter((text) => attribute(text, "font-weight") === "600")
      .map((text) => readableText(text).replace(/[\u2068\u2069]/g, ""));
    expect(labels).toEqual(["Many", "Few", "Other"]);
  });

  it("is valid to the HTML standard's own parser", () => {
    const errors: string[] = [];
    parse(renderOverview(overview), { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
  });

  it("lists a category's phrases with how often each won, most often first", () => {
    const phrases = byClass(byId(page, "category-2"), "phrases").flatMap((list) => elements(list, "li"));
    expect(phrases.map(readableText)).toEqual([
      "130a hall full of people",
      "86a speaker on a stage",
      "44a crowd at a rally",
    ]);
    const widths = phrases.map((phrase) => attribute(elements(phrase, "i")[0] ?? phrase, "style"));
    expect(widths).toEqual(["--w:100%", "--w:66.2%", "--w:33.8%"]);
  });

  it("shows each sampled image with picture, probability, winning phrase, runner-up and file name", () => {
    const cards = byClass(byId(page, "category-2"), "gallery").flatMap((gallery) => elements(gallery, "li"));
    expect(cards).toHaveLength(3);
    const [card] = cards;
    const image = overview.categories[1]?.samples[0] as OverviewImage;
    const [picture] = elements(card ?? page, "img");
    expect(picture && attribute(picture, "src")).toBe(`data:image/png;base64,${image.thumbnail?.base64}`);
    expect(picture && attribute(picture, "alt")).toBe(image.name);
    expect(picture && attribute(picture, "width")).toBe("1");
    expect(card && readableText(card)).toBe(
      "87.0% a crowd at a rallythen 6.5% Something elseposts/2026-03/IMG_2021.jpg",
    );
  });

  it("shows the closest calls with both categories, their phrases and how far they are apart", () => {
    const cards = byClass(byId(page, "close-calls"), "close-calls").flatMap((list) => elements(list, "li"));
    expect(cards).toHaveLength(4);
    const text = cards[0] && readableText(cards[0]);
    expect(text).toContain("41.2% Flyers and posters");
    expect(text).toContain("41.1% Rallies");
    expect(text).toContain("<0.1 points apart");
  });

  it("counts and lists failures with their reasons", () => {
    const failures = byId(page, "failures");
    const text = readableText(failures);
    expect(text).toContain("3 of 423 could not be classified");
    expect(text).toContain("truncated2");
    expect(text).toContain("empty_file1");
    const rows = byClass(failures, "failure-list").flatMap((table) => elements(table, "tr"));
    expect(rows.map(readableText)[2]).toBe("a/empty.jpgthe file has no bytes empty_file");
    expect(rows).toHaveLength(4);
  });

  it("says so when only some of the failures are listed", () => {
    const capped = { ...overview, counts: { ...overview.counts, failed: 12_345 } };
    expect(readableText(byId(pageOf(capped), "failures"))).toContain("The first 3 of 12\u202f345");
  });

  it("says how the images were drawn, with what, and how to make the page again", () => {
    const text = readableText(byId(page, "method"));
    expect(text).toContain("up to 3 images were drawn at random with seed 42, without replacement");
    expect(text).toContain("Modelclip-vit-b32");
    expect(text).toContain("onnxruntime-node1.30.0");
    expect(text).toContain("clipbook overview --run 3 -n 12 --seed 42 --sort probability");
  });

  it("shows the codebook with templates and every phrase in the codebook's order", () => {
    const codebook = byId(page, "codebook");
    expect(readableText(codebook)).toContain("Templatea photo of {}");
    expect(elements(codebook, "li").map(readableText)).toEqual(
      overview.codebook.categories.flatMap(({ phrases }) => phrases),
    );
  });

  it("throws rather than print a number that is none", () => {
    expect(() => renderOverview({ ...overview, counts: { ...overview.counts, failed: Number.NaN } })).toThrow(
      RangeError,
    );
  });
});
