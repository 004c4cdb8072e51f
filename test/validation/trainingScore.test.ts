import { describe, expect, it } from "vitest";
import { trainingScore } from "../../src/validation/trainingScore.ts";

const right = { known: "Trees", said: "Trees" };
const wrong = { known: "Trees", said: "Houses" };
const unsure = { known: "Trees", said: undefined };

describe("the score of a training round", () => {
  it("says nothing of passing before the last image, whatever is certain already", () => {
    expect(trainingScore([], 2, 0.5)).toEqual({ right: 0, answered: 0, size: 2, hasPassed: undefined });
    expect(trainingScore([right], 2, 0.5).hasPassed).toBeUndefined();
    expect(trainingScore([right, wrong], 2, 0.5)).toEqual({
      right: 1,
      answered: 2,
      size: 2,
      hasPassed: true,
    });
  });

  it("counts unsure and uncodable as not right", () => {
    expect(trainingScore([right, unsure], 2, 0.6)).toMatchObject({ right: 1, hasPassed: false });
  });

  it.each([0.1, 0.2, 0.3, 0.6, 0.7, 0.8, 0.9, 1])(
    "is passed with exactly the share that is needed: %d",
    (mark) => {
      const needed = Math.round(mark * 10);
      const answers = (n: number) => Array.from({ length: 10 }, (_, i) => (i < n ? right : wrong));
      expect(trainingScore(answers(needed), 10, mark).hasPassed).toBe(true);
      expect(trainingScore(answers(needed - 1), 10, mark).hasPassed).toBe(false);
    },
  );

  it("knows no more answers than images, and an empty round is not passed", () => {
    expect(() => trainingScore([right, right], 1, 0.5)).toThrow(RangeError);
    expect(trainingScore([], 0, 0.5).hasPassed).toBe(false);
  });
});
