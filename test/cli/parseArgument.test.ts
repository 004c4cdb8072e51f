import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { finiteNumber, percentage, wholeNumber } from "../../src/cli/parseArgument.ts";

describe("wholeNumber", () => {
  it("reads whole numbers within its bounds", () => {
    expect(["1", "12", "100"].map(wholeNumber(1, 100))).toEqual([1, 12, 100]);
    expect(wholeNumber(0)("0")).toBe(0);
  });

  it.each(["", " ", "abc", "1.5", "1e3", "0x10", "NaN", "Infinity", "0", "101", "99999999999999999999"])(
    "refuses %j",
    (text) => {
      expect(() => wholeNumber(1, 100)(text)).toThrow(InvalidArgumentError);
    },
  );
});

describe("finiteNumber", () => {
  it("reads numbers", () => {
    expect(["-6.5", "1e2", "0"].map(finiteNumber())).toEqual([-6.5, 100, 0]);
    expect(finiteNumber(0)("0.25")).toBe(0.25);
  });

  it.each(["", "abc", "NaN", "Infinity", "1,5"])("refuses %j", (text) => {
    expect(() => finiteNumber()(text)).toThrow(InvalidArgumentError);
  });

  it("refuses its lower bound itself", () => {
    expect(() => finiteNumber(0)("0")).toThrow("above 0");
  });
});

describe("percentage", () => {
  it("reads numbers above 0, up to 100", () => {
    expect(["90", "99.5", "100"].map(percentage)).toEqual([90, 99.5, 100]);
    for (const text of ["", "0", "-1", "100.1", "90%", "NaN"])
      expect(() => percentage(text), text).toThrow(InvalidArgumentError);
  });
});
