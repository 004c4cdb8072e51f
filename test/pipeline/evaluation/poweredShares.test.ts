import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { poweredShares, requireSimple } from "../../../src/pipeline/evaluation/poweredShares.ts";

// [true][predicted] of the coded images; all images by predicted category.
const counts = [
  [30, 4, 2],
  [3, 25, 2],
  [1, 5, 28],
];
const sizes = [210, 190, 180];

function goldSample() {
  const pairs = counts.flatMap((row, truth) =>
    row.flatMap((count, predicted) => Array.from({ length: count }, () => [truth, predicted] as const)),
  );
  return {
    design: {
      kind: "stratified" as const,
      isFinite: true,
      strata: [{ size: 580, drawn: pairs.length }],
      stratumOf: pairs.map(() => 0),
    },
    gold: pairs.map(([truth]) => truth),
    predicted: pairs.map(([, predicted]) => predicted),
    categoryCount: 3,
  };
}

describe("poweredShares", () => {
  // The formulas of arXiv:2311.01453 written a second time in numpy 2.4.6.
  it("has numpy's shares, standard errors and lambda", () => {
    const { shares, shareMethod } = poweredShares(goldSample(), sizes);
    expect(shareMethod).toEqual({ kind: "ppi", lambda: expect.closeTo(0.6169376943699735, 10) });
    expect(shares.map(({ corrected }) => corrected.value)).toEqual(
      [0.376451671849866, 0.29074593458445047, 0.33280239356568375].map((x) => expect.closeTo(x, 10)),
    );
    expect(shares.map(({ corrected }) => corrected.standardError)).toEqual(
      [0.03392446959655243, 0.03608198513795461, 0.03359945209512595].map((x) => expect.closeTo(x, 10)),
    );
    expect(shares.map(({ raw }) => raw * 580)).toEqual(sizes.map((size) => expect.closeTo(size, 9)));
  });

  it("refuses where every image is coded", () => {
    expect(() => poweredShares(goldSample(), [34, 34, 32])).toThrow(UserError);
  });
});

describe("requireSimple", () => {
  const of = (
    spec: { kind: "simple"; size: number } | { kind: "uncertainty"; size: number; least: number },
  ) => ({
    name: "test",
    design: {
      spec,
      exclusions: { samples: [], reviewed: false, examples: false },
      strata: [],
      frameSize: 9,
      left: { failedUnits: 0, doubledUnits: 0, inSamples: 0, reviewed: 0, examples: 0 },
    },
  });

  it("lets simple random samples pass and no others", () => {
    expect(() => requireSimple(of({ kind: "simple", size: 3 }))).not.toThrow();
    expect(() => requireSimple(of({ kind: "uncertainty", size: 3, least: 0.2 }))).toThrow(
      /sample "test" is drawn by uncertainty/,
    );
  });
});
