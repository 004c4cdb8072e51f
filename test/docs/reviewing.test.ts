import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reviewSentence } from "../../src/review/reviewSentence.ts";
import { exampleSummary } from "../review/exampleSummary.ts";

const text = readFileSync(join(import.meta.dirname, "../../docs/reviewing.md"), "utf8");

describe("docs/reviewing.md", () => {
  it("quotes a sentence as a review gives it", () => {
    const summary = exampleSummary({
      queue: { kind: "random", n: 60, seed: 1 },
      categories: [
        [10_000, 48, 12],
        [4200, 45, 15],
      ],
    });
    const sentence = reviewSentence(summary, {
      count: (count) => count.toLocaleString("en-US"),
      percent: (share) => `${Math.round(share * 100)}%`,
    });
    expect(text).toContain(`> ${sentence}\n`);
  });

  it("names the keys that the screen knows", () => {
    const desk = readFileSync(join(import.meta.dirname, "../../web/review/ReviewDesk.tsx"), "utf8");
    const [table = ""] = desk.match(/const commandOfKey[\s\S]*?\};/) ?? [];
    const keys = [...table.matchAll(/^ {2}(\w+): "/gm)].map(([, key]) => key as string);
    expect(keys).toEqual(["r", "w", "u", "s", "z", "backspace", "n"]);
    for (const key of keys) {
      const shown = key.length === 1 ? key.toUpperCase() : "Backspace";
      expect(text).toMatch(new RegExp(`^\\| .*\`${shown}\`.* \\|`, "m"));
    }
  });

  it("names the columns of the exported table", () => {
    const verb = readFileSync(
      join(import.meta.dirname, "../../src/pipeline/reviews/writeReviews.ts"),
      "utf8",
    );
    const columns = [...verb.matchAll(/\{ name: "([^"]+)", kind/g)].map(([, name]) => name as string);
    expect(columns).toHaveLength(11);
    expect(text).toContain(
      columns
        .map((name) => `\`${name}\``)
        .slice(0, 6)
        .join(", "),
    );
    for (const name of columns) expect(text).toContain(`\`${name}\``);
  });
});
