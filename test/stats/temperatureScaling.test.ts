import { describe, expect, it } from "vitest";
import { scaleByTemperature, temperatureScaling } from "../../src/stats/temperatureScaling.ts";

const logits = Array.from({ length: 12 }, (_, unit) => [0, 1, 2].map((k) => ((unit * 7 + k * 5) % 9) / 2));
const truth = [0, 2, 2, 1, 1, 0, 2, 2, 1, 0, 2, 2];

describe("temperatureScaling", () => {
  it("equals scipy 1.17.1, minimize_scalar (bounded) over log T", () => {
    expect(temperatureScaling(logits, truth)).toBeCloseTo(1.1626244616125394, 6);
    const weights = logits.map((_, unit) => 1 + (unit % 3));
    expect(temperatureScaling(logits, truth, { weights })).toBeCloseTo(0.7503214020911593, 6);
  });

  it("is multiplied by what the logits are multiplied by, far from 1 too, and does not see a row's shift", () => {
    const temperature = temperatureScaling(logits, truth) as number;
    for (const factor of [1e-6, 100, 1e8]) {
      const scaled = logits.map((row, unit) => row.map((logit) => factor * (logit + unit)));
      expect((temperatureScaling(scaled, truth) as number) / factor).toBeCloseTo(temperature, 6);
    }
  });

  it("is not defined where colder or hotter is always better, and without units", () => {
    expect(temperatureScaling([[2, 1]], [0])).toBeUndefined();
    expect(temperatureScaling([[1, 1]], [0])).toBeUndefined();
    expect(temperatureScaling([[2, 1]], [1])).toBeUndefined();
    expect(temperatureScaling([], [])).toBeUndefined();
    expect(temperatureScaling(logits, truth, { weights: logits.map(() => 0) })).toBeUndefined();
  });

  it("refuses what cannot be", () => {
    expect(() => temperatureScaling([[1, Number.NEGATIVE_INFINITY]], [0])).toThrow(RangeError);
    expect(() => temperatureScaling([[1, 0]], [2])).toThrow(RangeError);
    expect(() => temperatureScaling([[1, 0]], [])).toThrow(RangeError);
  });
});

describe("scaleByTemperature", () => {
  it("is softmax, and nearer to equal when hotter", () => {
    const [first, second] = scaleByTemperature([1000, 1000 - Math.log(4)], 1);
    expect(first).toBeCloseTo(0.8, 10);
    expect(second).toBeCloseTo(0.2, 10);
    expect(scaleByTemperature([Math.log(4), 0], 2)[0]).toBeCloseTo(2 / 3, 14);
  });
});
