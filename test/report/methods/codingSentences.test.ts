import { describe, expect, it } from "vitest";
import type { Evaluation } from "../../../src/validation/evaluation.ts";
import { someEvaluation } from "../../validation/someEvaluation.ts";

type Base = Omit<Evaluation, "methods">;

function paragraph(change: (base: Base) => Base): string {
  return someEvaluation({ change }).methods.paragraph;
}

const sources = (screen: number, csv: number) => ({ screen, offline: 0, csv, "label-studio": 0 });

describe("the sentences on coding", () => {
  it("claims that coders saw no predictions only of those to whom Clipbook showed the images", () => {
    const withSources = (coders: readonly (readonly [number, number])[], adjudicated = [9, 0]) =>
      paragraph((base) => ({
        ...base,
        gold: {
          ...base.gold,
          adjudicationSources: sources(adjudicated[0] as number, adjudicated[1] as number),
        },
        reliability: {
          ...base.reliability,
          coders: coders.map(([screen, csv], i) => ({
            ...{ name: `coder ${i}`, coded: 300, medianSeconds: undefined },
            sources: sources(screen, csv),
          })),
        },
      }));
    const outside = withSources(
      [
        [0, 300],
        [0, 300],
      ],
      [0, 9],
    );
    expect(outside).toContain("Two coders both coded all 300 images, outside of Clipbook.");
    expect(outside).toContain("By adjudication outside of Clipbook 9 disagreements were resolved.");
    expect(outside).not.toMatch(/blind|sight/);
    const mixed = withSources(
      [
        [300, 0],
        [100, 200],
      ],
      [4, 5],
    );
    expect(mixed).toContain(
      "Two coders both coded all 300 images: 400 codings were made in Clipbook, blind to the predictions and to each other, and 200 outside of it.",
    );
    expect(mixed).toContain("By adjudication, partly outside of Clipbook, 9 disagreements were resolved.");
    expect(withSources([[0, 300]])).toContain("One coder coded all 300 images, outside of Clipbook.");
  });
});
