import { describe, expect, it } from "vitest";
import { pText } from "../../../src/figures/evaluation/pText.ts";

describe("pText", () => {
  it.each([
    [0.0004, "< .001"],
    [0.0132, "= .013"],
    [0.5, "= .500"],
    [0.99995, "> .999"],
    [1, "= 1"],
  ])("writes %d", (p, text) => {
    expect(pText(p)).toBe(text);
  });
});
