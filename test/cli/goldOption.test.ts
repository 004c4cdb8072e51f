import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { goldOption } from "../../src/cli/goldOption.ts";

const goldRule = (text: string): unknown => goldOption().parseArg?.(text, undefined);

describe("the rule of a gold standard", () => {
  it("is the majority, the adjudication, or a coder by name", () => {
    expect(goldRule("majority")).toEqual({ kind: "majority" });
    expect(goldRule("adjudicated")).toEqual({ kind: "adjudicated" });
    expect(goldRule("coder:Anna: B")).toEqual({ kind: "coder", coder: "Anna: B" });
    for (const text of ["", "Majority", "coder:", "Anna"])
      expect(() => goldRule(text), text).toThrow(InvalidArgumentError);
  });
});
