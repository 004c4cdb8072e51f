import { describe, expect, it } from "vitest";
import { measureDigest } from "../../../src/pipeline/samples/measureDigest.ts";
import { plainRun } from "../plainRun.ts";

describe("the digest of a measure", () => {
  it("changes with what decides the answers, and with nothing else", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    const [first, second] = run.codebook.categories;
    const digest = measureDigest(study, run);
    const withCategories = (categories: unknown) =>
      measureDigest(study, { ...run, codebook: { ...run.codebook, categories } as typeof run.codebook });
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(withCategories([{ ...first, instructions: "look twice", examples: ["a.jpg"] }, second])).toBe(
      digest,
    );
    expect(withCategories([{ ...first, phrases: ["another"] }, second])).not.toBe(digest);
    expect(withCategories([second, first])).not.toBe(digest);
    expect(measureDigest(study, { ...run, view: "pad" })).not.toBe(digest);
  });
});
