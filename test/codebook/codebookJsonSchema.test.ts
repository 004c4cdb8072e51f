import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { codebookJsonSchema } from "../../src/codebook/codebookJsonSchema.ts";
import { starterCodebook } from "../../src/codebook/starterCodebook.ts";

describe("codebookJsonSchema", () => {
  const schema = JSON.parse(JSON.stringify(codebookJsonSchema()));

  it("has every key of the full form with a description for editors", () => {
    const [full, plain] = schema.anyOf;
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(Object.keys(full.properties)).toEqual([
      "title",
      "language",
      "template",
      "templates",
      "categories",
    ]);
    expect(full.required).toEqual(["categories"]);
    expect(full.additionalProperties).toBe(false);
    const [category] = full.properties.categories.additionalProperties.anyOf;
    expect(Object.keys(category.properties)).toEqual([
      "description",
      "instructions",
      "phrases",
      "residual",
      "examples",
    ]);
    expect(category.additionalProperties).toBe(false);
    for (const property of [...Object.values(full.properties), ...Object.values(category.properties)]) {
      expect(property).toHaveProperty("description");
    }
    expect(plain.not.anyOf).toContainEqual({ required: ["categories"] });
  });

  it("accepts the forms that load, and refuses what does not", () => {
    const [full, { not: _, ...plain }] = schema.anyOf;
    // The reader of JSON Schemas that zod has does not know `not`, which only tells the two forms apart.
    const accepts = (value: unknown) =>
      [full, plain].map((form) => z.fromJSONSchema(form).safeParse(value).success);
    expect(accepts(parse(starterCodebook))).toEqual([true, false]);
    expect(accepts({ A: ["x"], B: ["y", "z"] })).toEqual([false, true]);
    expect(accepts({ categories: { A: ["x"], B: { phrases: ["y"], residual: true } } })).toEqual([
      true,
      false,
    ]);
    expect(accepts({ categories: { A: { phrases: ["x"], examples: ["a b.jpg"] } } })).toEqual([true, false]);
    const refused = [
      [],
      { A: [] },
      { A: [""] },
      { A: [1] },
      { A: "x" },
      { titel: "x", categories: { A: ["x"] } },
      { categories: { A: { frases: ["x"] } } },
      { categories: { A: { phrases: ["x"], residual: "yes" } } },
      { categories: { A: { phrases: ["x"], examples: "a.jpg" } } },
      { categories: { A: { phrases: ["x"], examples: [""] } } },
      { template: "a photo", categories: { A: ["x"] } },
    ];
    for (const value of refused) expect(accepts(value), JSON.stringify(value)).toEqual([false, false]);
  });
});
