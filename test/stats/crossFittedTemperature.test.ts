import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { crossFittedTemperature } from "../../src/stats/crossFittedTemperature.ts";
import { randomFolds } from "../../src/stats/randomFolds.ts";
import { scaleByTemperature, temperatureScaling } from "../../src/stats/temperatureScaling.ts";

const logits = Array.from({ length: 30 }, (_, unit) => [0, 1, 2].map((k) => ((unit * 7 + k * 5) % 11) / 2));
const truth = logits.map((row, unit) => (unit % 3 === 0 ? (unit / 3) % 3 : row.indexOf(Math.max(...row))));

describe("crossFittedTemperature", () => {
  it("scales every unit by the temperature of the other folds", () => {
    const fitted = crossFittedTemperature(logits, truth, seededRandom(3), { folds: 3 });
    const foldOf = randomFolds(30, 3, seededRandom(3));
    expect(fitted?.temperatures).toHaveLength(3);
    for (const fold of [0, 1, 2]) {
      const isOther = (_: unknown, unit: number) => foldOf[unit] !== fold;
      const temperature = temperatureScaling(logits.filter(isOther), truth.filter(isOther)) as number;
      expect(fitted?.temperatures[fold]).toBeCloseTo(temperature, 10);
      const unit = foldOf.indexOf(fold);
      expect(fitted?.probabilities[unit]?.[0]).toBeCloseTo(
        scaleByTemperature(logits[unit] as number[], temperature)[0] as number,
        10,
      );
    }
  });

  it("is not defined where a fold's others have no best temperature, or units are fewer than folds", () => {
    expect(
      crossFittedTemperature(
        [
          [2, 1],
          [1, 2],
        ],
        [0, 1],
        seededRandom(1),
        { folds: 2 },
      ),
    ).toBeUndefined();
    expect(crossFittedTemperature([[2, 1]], [0], seededRandom(1))).toBeUndefined();
  });
});
