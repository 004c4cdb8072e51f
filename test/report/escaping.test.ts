import { describe, expect, it } from "vitest";
import type { Overview } from "../../src/report/overview.ts";
import { renderOverview } from "../../src/report/renderOverview.tsx";
import { exampleOverview } from "./exampleOverview.ts";
import { elements, parsePage, textOf } from "./parsePage.ts";

const HOSTILE = [
  `"><script>alert(1)</script>`,
  `</style></title></svg></pre><img src=x onerror=alert(2)>`,
  `' onmouseover='alert(3)' x='`,
  `<!-- ]]> <![CDATA[ -->`,
  `&lt;b&gt;&#60;&quot;`,
  "{{alert(4)}} javascript:alert(5)",
];

// Fields whose values the code compares or parses; everything else is text from a user, a model or a machine.
const FIXED = new Set(["writtenAt", "scoring", "probabilityKind", "sort", "judgement"]);

/** The same overview with every text replaced by `change(text)`. */
function changeTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => changeTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, FIXED.has(key) ? item : changeTexts(item, change)]),
  );
}

function shapeOf(html: string): readonly string[] {
  return elements(parsePage(html)).map(
    ({ tagName, attrs }) => `${tagName} ${attrs.map(({ name }) => name).join(" ")}`,
  );
}

const overview = exampleOverview({
  isReviewed: true,
  failures: [{ name: "broken.jpg", code: "truncated", sentence: "ends in the middle" }],
});
const described: Overview = {
  ...overview,
  codebook: {
    ...overview.codebook,
    categories: overview.codebook.categories.map((category) => ({
      ...category,
      description: "d",
      instructions: "i",
    })),
  },
  categories: overview.categories.map((category) => ({ ...category, description: "described" })),
};

describe("hostile text in every field", () => {
  it.each(HOSTILE)("leaves the page's elements and attributes as they are: %s", (payload) => {
    const harmless = payload.replace(/[^ ]/g, "x");
    const hostilePage = renderOverview(changeTexts(described, (text) => `${text}${payload}`) as Overview);
    const harmlessPage = renderOverview(changeTexts(described, (text) => `${text}${harmless}`) as Overview);
    expect(shapeOf(hostilePage)).toEqual(shapeOf(harmlessPage));
    expect(hostilePage).not.toMatch(/<script/i);
  });

  it.each(HOSTILE)("shows the text as it is: %s", (payload) => {
    // The same text becomes the same text everywhere, so that categories keep being the ones they name.
    const texts = new Map<string, string>();
    const hostile = changeTexts(described, (text) => {
      const changed = texts.get(text) ?? `${payload}#${texts.size}#`;
      texts.set(text, changed);
      return changed;
    }) as Overview;
    const page = parsePage(renderOverview(hostile));
    const written = [textOf(page), ...elements(page).flatMap(({ attrs }) => attrs.map(({ value }) => value))];
    const shown = written.join("\n");
    expect([...texts].filter(([, changed]) => !shown.includes(changed))).toEqual([]);
    expect(texts.size).toBeGreaterThan(40);
  });
});
