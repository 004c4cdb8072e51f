import { describe, expect, it } from "vitest";
import { colors } from "../../src/report/style/colors.ts";
import { overviewStyle } from "../../src/report/style/overviewStyle.ts";

/** WCAG 2.2, relative luminance of `#rrggbb`. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function palette(sheet: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...sheet.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  );
}

const [lightSheet = "", darkSheet = ""] = colors.split("@media");
const light = palette(lightSheet);
const dark = { ...light, ...palette(darkSheet) };

describe("the page's style", () => {
  it.each([
    ["light", light],
    ["dark", dark],
  ])("has text of at least 4.5:1 in %s (WCAG 1.4.3)", (_, colors) => {
    for (const text of ["ink", "soft", "link"]) {
      for (const ground of ["paper", "mat"]) {
        expect(contrast(colors[text] ?? "", colors[ground] ?? ""), `${text} on ${ground}`).toBeGreaterThan(
          4.5,
        );
      }
    }
  });

  it.each([
    ["light", light],
    ["dark", dark],
  ])("has bars and marks of at least 3:1 in %s (WCAG 1.4.11)", (_, colors) => {
    for (const mark of ["bar", "amber", "figure-residual"]) {
      expect(contrast(colors[mark] ?? "", colors.paper ?? ""), mark).toBeGreaterThan(3);
    }
  });

  it("differs between light and dark", () => {
    expect(Object.keys(palette(darkSheet))).toEqual(
      expect.arrayContaining(["paper", "ink", "bar", "amber", "link"]),
    );
  });

  it("survives the renderer's escaping and fetches nothing", () => {
    expect(overviewStyle).not.toMatch(/["&<]/);
    expect(overviewStyle).not.toMatch(/url\(|@import|https?:/);
  });
});
