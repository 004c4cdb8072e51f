import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/seededRandom.ts";
import { betaQuantile as ourBetaQuantile } from "../../../src/stats/distributions/betaQuantile.ts";
import { chiSquareUpperTail as ourChiSquareUpperTail } from "../../../src/stats/distributions/chiSquare.ts";
import { incompleteBeta as ourIncompleteBeta } from "../../../src/stats/distributions/incompleteBeta.ts";
import { logGamma as ourLogGamma } from "../../../src/stats/distributions/logGamma.ts";
import {
  normalCdf as ourNormalCdf,
  normalQuantile as ourNormalQuantile,
} from "../../../src/stats/distributions/normal.ts";
import {
  studentTCdf as ourStudentTCdf,
  studentTQuantile as ourStudentTQuantile,
} from "../../../src/stats/distributions/studentT.ts";
import { dirichletVariate, gammaVariate, normalVariate } from "../../../src/stats/distributions/variates.ts";

// The arguments and then the value, of scipy 1.17.1 (special.ndtr, ndtri, gammaln, betainc, stdtr, chdtrc; stats.beta.ppf, t.ppf).
const normalCdf: readonly (readonly number[])[] = [
  [-37.5, 4.605353009581954e-308],
  [-20.0, 2.7536241186061556e-89],
  [-8.0, 6.22096057427174e-16],
  [-3.0, 0.0013498980316300933],
  [-1.5, 0.06680720126885807],
  [-1e-5, 0.49999601057719606],
  [0.0, 0.5],
  [0.3, 0.6179114221889526],
  [1.0, 0.8413447460685429],
  [1.2, 0.8849303297782918],
  [1.959963984540054, 0.975],
  [5.0, 0.9999997133484281],
  [8.3, 1.0],
];
const normalQuantile: readonly (readonly number[])[] = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965322],
  [1e-20, -9.262340089798409],
  [1e-6, -4.753424308822899],
  [0.001, -3.090232306167813],
  [0.025, -1.9599639845400545],
  [0.3, -0.5244005127080409],
  [0.4999, -0.0002506628300880075],
  [0.6, 0.2533471031357997],
  [0.9, 1.2815515655446004],
  [0.975, 1.959963984540054],
  [0.995, 2.5758293035489004],
  [0.9999999, 5.199337582290661],
];
const logGamma: readonly (readonly number[])[] = [
  [1e-10, 23.025850929882733],
  [0.01, 4.599479878042022],
  [0.25, 1.2880225246980774],
  [0.5, 0.5723649429247],
  [1.5, -0.12078223763524526],
  [4.0, 1.791759469228055],
  [7.7, 7.926541356269006],
  [15.9, 27.625493215168696],
  [16.1, 28.17369449481355],
  [100.5, 361.43554046777757],
  [100000.0, 1051287.7089736569],
  [1000000000000.0, 26631021115915.65],
];
const incompleteBeta: readonly (readonly number[])[] = [
  [1e-10, 0.5, 0.5, 6.366197723781918e-6],
  [0.3, 0.25, 4.0, 0.9560077445998204],
  [0.5, 2.0, 3.0, 0.6875],
  [0.9, 18.5, 2.5, 0.5418683984445865],
  [0.01, 0.01, 30.0, 0.9908424033099412],
  [0.999, 50.0, 0.2, 0.4075383366160831],
  [0.5, 1000.0, 1000.0, 0.4999999999999992],
  [0.48, 1000.0, 1000.0, 0.03677948327863959],
  [0.1, 5000.0, 60000.0, 1.0],
  [1e-5, 1.0, 1000000.0, 0.9999546023401924],
  [0.7, 200.0, 3.0, 1.9563637604757605e-28],
  [0.02, 40.0, 40.0, 2.7411309945665658e-46],
  [0.999999, 3.0, 0.001, 0.01224060397411625],
  [0.8, 800000.0, 200000.0, 0.49980052882741266],
  [0.797, 800000.0, 200000.0, 3.929492328257626e-14],
];
const betaQuantile: readonly (readonly number[])[] = [
  [0.025, 18.0, 3.0, 0.6830172859809177],
  [0.975, 19.0, 2.0, 0.9876514728297052],
  [0.975, 1.0, 30.0, 0.11570330822202778],
  [0.975, 1.0, 1000000.0, 3.688872650206488e-6],
  [0.025, 0.5, 30.5, 1.6231861223464347e-5],
  [0.025, 0.25, 4.0, 7.252062585588444e-8],
  [1e-12, 3.0, 5.0, 3.0572005515094334e-5],
  [0.999999, 0.1, 0.1, 1.0],
  [0.5, 2.0, 2.0, 0.5],
  [0.025, 100000.0, 300000.0, 0.2486592911088105],
  [0.975, 1000000.0, 10.0, 0.9999952046443807],
  [1e-8, 0.3, 40.0, 3.788616028122064e-29],
  [0.01, 160.0, 12.3, 0.8761397719494823],
];
const studentTCdf: readonly (readonly number[])[] = [
  [-2.0, 1.0, 0.14758361765043326],
  [-40.0, 3.0, 1.7190340394579253e-5],
  [-1000000.0, 2.5, 7.193397190814237e-16],
  [1.7, 4.0, 0.917822529364975],
  [-1e-6, 7.0, 0.49999961500854917],
  [3.0, 29.0, 0.9972504039330483],
  [-5.0, 166.0, 7.231110308718791e-7],
  [-8.0, 10000.0, 6.910604364532651e-16],
  [1.0, 1000000.0, 0.8413446250832108],
  [-0.5, 0.5, 0.37865903646471827],
];
const studentTQuantile: readonly (readonly number[])[] = [
  [0.975, 1.0, 12.706204736174694],
  [0.975, 2.0, 4.302652729749462],
  [0.975, 9.0, 2.262157162798205],
  [0.975, 166.0, 1.9743577636580294],
  [0.975, 100000.0, 1.9599877075346095],
  [0.025, 3.5, -2.9400886379827296],
  [1e-10, 5.0, -156.82559270889433],
  [0.4999, 12.0, -0.0002559336288494319],
  [0.999999, 30.0, 5.871117120408624],
  [0.6, 0.7, 0.35603136523468015],
];
const chiSquareUpperTail: readonly (readonly number[])[] = [
  [3.841458820694124, 1.0, 0.04999999999999989],
  [1e-8, 1.0, 0.9999202115440526],
  [0.1, 3.0, 0.9918374237318764],
  [12.0, 5.0, 0.03478778050624185],
  [1000.0, 5.0, 6.0100776879208495e-214],
  [90.0, 100.0, 0.7531979655998298],
  [10000.0, 10000.0, 0.49811936596618267],
  [10500.0, 10000.0, 0.00024794736798936033],
  [300.0, 2.0, 7.175095973164448e-66],
];

describe("the distribution functions equal scipy's", () => {
  const functions: readonly [string, (...values: number[]) => number, readonly (readonly number[])[]][] = [
    ["normalCdf", ourNormalCdf, normalCdf],
    ["normalQuantile", ourNormalQuantile, normalQuantile],
    ["logGamma", ourLogGamma, logGamma],
    ["incompleteBeta", ourIncompleteBeta, incompleteBeta],
    ["betaQuantile", ourBetaQuantile, betaQuantile],
    ["studentTCdf", ourStudentTCdf, studentTCdf],
    ["studentTQuantile", ourStudentTQuantile, studentTQuantile],
    ["chiSquareUpperTail", ourChiSquareUpperTail, chiSquareUpperTail],
  ];
  for (const [name, ours, rows] of functions) {
    it(`${name}, to 12 digits, at ordinary and extreme arguments`, () => {
      const faults = rows.flatMap((row) => {
        const expected = row.at(-1) as number;
        const actual = ours(...row.slice(0, -1));
        return Math.abs(actual - expected) <= 1e-12 * Math.abs(expected)
          ? []
          : [`${row.slice(0, -1)}: ${actual}, not ${expected}`];
      });
      expect(faults).toEqual([]);
    });
  }
});

describe("the distribution functions at their ends", () => {
  it("are exact where there is nothing to compute", () => {
    expect(ourNormalQuantile(0.5)).toBe(0);
    expect(ourNormalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(ourNormalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(ourNormalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(ourIncompleteBeta(0, 2, 3)).toBe(0);
    expect(ourIncompleteBeta(1, 2, 3)).toBe(1);
    expect(ourBetaQuantile(0, 2, 3)).toBe(0);
    expect(ourBetaQuantile(1, 2, 3)).toBe(1);
    expect(ourStudentTQuantile(0.5, 3)).toBe(0);
    expect(ourChiSquareUpperTail(0, 3)).toBe(1);
  });
  it("gives 0 for a beta quantile that is too small for a number", () => {
    expect(ourBetaQuantile(1e-10, 0.01, 1)).toBe(0);
  });
  it("takes infinite degrees of freedom for the normal distribution", () => {
    expect(ourStudentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(ourNormalQuantile(0.975));
    expect(ourStudentTCdf(1, Number.POSITIVE_INFINITY)).toBe(ourNormalCdf(1));
  });
  it("refuses what no distribution has", () => {
    expect(() => ourNormalQuantile(1.1)).toThrow(RangeError);
    expect(() => ourLogGamma(0)).toThrow(RangeError);
    expect(() => ourIncompleteBeta(0.5, 0, 1)).toThrow(RangeError);
    expect(() => ourStudentTQuantile(0.5, 0)).toThrow(RangeError);
    expect(() => ourBetaQuantile(Number.NaN, 1, 1)).toThrow(RangeError);
    expect(() => ourChiSquareUpperTail(-1, 1)).toThrow(RangeError);
    expect(() => gammaVariate(seededRandom(1), 0)).toThrow(RangeError);
    expect(() => dirichletVariate(seededRandom(1), [])).toThrow(RangeError);
  });
});

describe("the variates", () => {
  const draws = (draw: () => number, count: number) => Array.from({ length: count }, draw);
  const momentsOf = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
  };
  it("have the normal distribution's mean and variance", () => {
    const random = seededRandom(1);
    const { mean, variance } = momentsOf(draws(() => normalVariate(random), 100_000));
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  });
  it("have the gamma distribution's mean and variance, both of which are the shape", () => {
    for (const shape of [0.25, 1, 7.5]) {
      const random = seededRandom(2);
      const { mean, variance } = momentsOf(draws(() => gammaVariate(random, shape), 100_000));
      expect(Math.abs(mean / shape - 1)).toBeLessThan(0.03);
      expect(Math.abs(variance / shape - 1)).toBeLessThan(0.06);
    }
  });
  it("have the Dirichlet distribution's means, and sum to 1 however small the shapes are", () => {
    const random = seededRandom(3);
    const sum = [0, 0, 0];
    for (let draw = 0; draw < 20_000; draw += 1)
      for (const [index, share] of dirichletVariate(random, [1, 2, 5]).entries())
        sum[index] = (sum[index] as number) + share / 20_000;
    for (const [index, mean] of [1 / 8, 2 / 8, 5 / 8].entries())
      expect(Math.abs((sum[index] as number) - mean)).toBeLessThan(0.005);
    const tiny = dirichletVariate(seededRandom(4), [1e-4, 1e-4, 1e-4]);
    expect(Math.abs(tiny.reduce((total, share) => total + share, 0) - 1)).toBeLessThan(1e-12);
  });
});
