import { describe, expect, it } from "vitest";
import { printable } from "../../src/cli/printable.ts";
import { summaryText } from "../../src/cli/summaryText.ts";
import { localDay, localIso } from "../../src/localDay.ts";

const category = (name: string, count: number, share: number | undefined) => ({
  name,
  count,
  share,
  meanProbability: undefined,
  phrases: [],
});

describe("summaryText", () => {
  it("lists categories with counts, shares and bars to the largest, then what failed and was left alone", () => {
    const text = summaryText({
      runId: 1,
      counts: { units: 1205, classified: 1200, failed: 5, images: 1190, warned: 2 },
      ignoredFiles: 1,
      categories: [category("Events", 900, 0.75), category("照片", 300, 0.25), category("Other", 0, 0)],
      failures: [
        { code: "truncated", count: 4 },
        { code: "empty_file", count: 1 },
      ],
    });
    expect(text).toBe(
      [
        "1,200 images classified",
        "  Events  900   75.0%  ████████████████████████",
        "  照片    300   25.0%  ████████",
        "  Other     0    0.0%",
        "10 of them show the same picture as another",
        "5 not classified: 4 truncated, 1 empty_file",
        "2 classified although the file has small faults",
        "1 other file left alone: no pictures by their names",
        "",
      ].join("\n"),
    );
  });

  it("names the first files that were read with a warning, and says that there are more", () => {
    const text = summaryText({
      runId: 1,
      counts: { units: 9, classified: 9, failed: 0, images: 9, warned: 2 },
      ignoredFiles: 0,
      categories: [category("Events", 9, 1)],
      failures: [],
      warnings: [{ name: "a\u001b[2J.jpg", sentence: "the JPEG file has small faults" }],
    });
    expect(text).toContain(
      `2 classified although the file has small faults\n  ${printable("a\u001b[2J.jpg")}: the JPEG`,
    );
    expect(text).not.toContain("\u001b");
    expect(text).toContain("  and others: see the overview page\n");
  });

  it("shows no share where nothing was classified, and shortens very long names", () => {
    const text = summaryText({
      runId: 1,
      counts: { units: 1, classified: 0, failed: 1, images: 0, warned: 0 },
      ignoredFiles: 0,
      categories: [category("x".repeat(100), 0, undefined)],
      failures: [{ code: "corrupt", count: 1 }],
    });
    expect(text).toContain(`  ${"x".repeat(31)}…  0\n`);
  });
});

describe("printable", () => {
  it("shows control and direction characters as escapes: a file name cannot take over the terminal", () => {
    expect(printable("a\x1b[31mb\nc\u202ed\u009be")).toBe("a\\u001b[31mb\\u000ac\\u202ed\\u009be");
    expect(printable("Früh – 日本 🎉")).toBe("Früh – 日本 🎉");
  });
});

describe("localDay", () => {
  it("is the day where the user is, with the offset told", () => {
    const date = new Date(2026, 0, 5, 0, 30, 7);
    expect(localDay(date)).toBe("2026-01-05");
    expect(localIso(date)).toMatch(/^2026-01-05T00:30:07[+-]\d\d:\d\d$/);
    expect(new Date(localIso(date)).getTime()).toBe(date.getTime());
  });
});
