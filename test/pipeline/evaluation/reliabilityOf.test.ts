import { describe, expect, it } from "vitest";
import { readCodedSample } from "../../../src/pipeline/evaluation/codedSample.ts";
import { describeGold, describeSample } from "../../../src/pipeline/evaluation/describeSample.ts";
import { reliabilityOf } from "../../../src/pipeline/evaluation/reliabilityOf.ts";
import { randomRun } from "../randomRun.ts";
import { plainSample } from "../samples/plainSample.ts";
import { codeSample } from "./codedRun.ts";

/** Three coders; Cem gives some images the last of four categories, on which the others never agree with him. */
async function coded() {
  const { study, run, addRun } = await randomRun({ units: 120, pictures: 120, categories: 4 });
  const sample = plainSample(study, run, { perCategory: 15 });
  codeSample(study, run, sample, {
    Anna: (place, predicted) => (place % 5 === 0 ? (predicted + 1) % 3 : predicted % 3),
    Ben: (_, predicted) => predicted % 3,
    Cem: (place, predicted) => (place % 4 === 0 ? 3 : predicted % 3),
  });
  const categories = run.codebook.categories.toReversed();
  const reversed = await addRun({ codebook: { ...run.codebook, categories } });
  const lacking = await addRun({ codebook: { ...run.codebook, categories: categories.slice(1) } });
  const of = (evaluated: typeof run) =>
    readCodedSample(study, sample, evaluated, { kind: "coder", coder: "Ben" });
  return { study, own: of(run), reversed: of(reversed), lacking: of(lacking) };
}

describe("agreement between coders", () => {
  it("does not depend on the run that is evaluated, even one without a category that they used", async () => {
    const { own, reversed, lacking } = await coded();
    const expected = reliabilityOf(own, { isOrdinal: true });
    expect(expected.perCategory[3]).toMatchObject({ name: "Category 3", units: 15 });
    for (const other of [reversed, lacking]) {
      const { alpha, bootstrap, coefficients, perCategory, units, pairs, ordinal } = reliabilityOf(other, {
        isOrdinal: true,
      });
      expect({ alpha, bootstrap, coefficients, perCategory, units }).toEqual({
        alpha: expected.alpha,
        bootstrap: expected.bootstrap,
        coefficients: expected.coefficients,
        perCategory: expected.perCategory,
        units: expected.units,
      });
      const ofCoders = <Pair extends { isModel: boolean }>(all: readonly Pair[] = []) =>
        all.filter(({ isModel }) => !isModel);
      expect(ofCoders(pairs)).toEqual(ofCoders(expected.pairs));
      expect(ordinal?.alpha).toEqual(expected.ordinal?.alpha);
      expect(ofCoders(ordinal?.pairs)).toEqual(ofCoders(expected.ordinal?.pairs));
    }
  });

  it("with the model is by the categories' names, wherever they stand in its codebook", async () => {
    const { own, reversed } = await coded();
    expect(reliabilityOf(reversed).pairs.map(({ units }) => units)).toEqual(
      reliabilityOf(own).pairs.map(({ units }) => units),
    );
    const withModel = reliabilityOf(reversed).pairs.filter(({ isModel }) => isModel);
    withModel.forEach(({ kappa }, i) => {
      expect(kappa.value).toBeCloseTo(reliabilityOf(own).pairs[3 + i]?.kappa.value as number, 12);
    });
  });

  it("is told with where the codings are from, and estimates have no fields of their own", async () => {
    const { own } = await coded();
    const { coders, coefficients } = reliabilityOf(own);
    expect(coders[0]?.sources).toEqual({ screen: 60, offline: 0, csv: 0, "label-studio": 0 });
    for (const { estimate } of coefficients)
      expect(Object.keys(estimate).toSorted()).toEqual([
        "interval",
        "method",
        "standardError",
        "value",
        "why",
      ]);
  });
});

describe("a sample of very many images", () => {
  it("has its least and greatest inclusion probability", async () => {
    const { study, own } = await coded();
    const [image] = own.images;
    if (image === undefined) throw new Error("nothing was drawn");
    const images = Array.from({ length: 300_000 }, (_, place) => ({
      ...image,
      member: { ...image.member, inclusionProbability: (place + 1) / 400_000 },
    }));
    expect(describeSample(study, { ...own, images })).toMatchObject({
      ...{ size: 300_000, leastProbability: 1 / 400_000, greatestProbability: 0.75 },
    });
  });
});

describe("the strata of a sample", () => {
  it("have the names of the run that was drawn from", async () => {
    const { reversed } = await coded();
    expect(describeGold(reversed).strata.map(({ label }) => label)).toEqual([
      ...["Category 0", "Category 1", "Category 2", "Category 3"],
    ]);
  });
});
