import { describe, expect, it } from "vitest";
import { brennanPrediger } from "../../src/stats/brennanPrediger.ts";
import { cohenKappa } from "../../src/stats/cohenKappa.ts";
import { congerKappa } from "../../src/stats/congerKappa.ts";
import { crossTable } from "../../src/stats/crossTable.ts";
import { fleissKappa, fleissKappaPerCategory } from "../../src/stats/fleissKappa.ts";
import { gwetAc1 } from "../../src/stats/gwetAc1.ts";
import { lightKappa } from "../../src/stats/lightKappa.ts";
import { percentAgreement } from "../../src/stats/percentAgreement.ts";
import { specificAgreement } from "../../src/stats/specificAgreement.ts";
import { unitCounts } from "../../src/stats/unitCounts.ts";
import { codedCategories } from "./codedUnits.ts";

// A codebook of six categories, of which the last one was not used.
const counts = unitCounts(codedCategories, 6);

/** All say the category 0. */
const constant = [
  [3, 0],
  [2, 0],
  [3, 0],
];

describe("coefficients of agreement", () => {
  // Python 3 with numpy 2.4.6 and scipy 1.17.1: each coefficient of weighted units differentiated numerically by each unit's weight;
  // two-sided p with 11 degrees of freedom.
  it.each([
    ["Fleiss' kappa", fleissKappa(counts), 0.47239863214460176, 0.13623455703652937, 0.005262747396454891],
    ["Gwet's AC1", gwetAc1(counts), 0.5051773114633922, 0.13067623433097278, 0.0026265754851761054],
    ["Brennan-Prediger", brennanPrediger(counts), 0.5, 0.1314257481346002, 0.0029207929033248543],
    [
      "Conger's kappa",
      congerKappa(codedCategories, 6),
      0.4778481012658227,
      0.13338634648602593,
      0.0043002528531886006,
    ],
  ])("equal a numerical derivative: %s", (_name, ours, coefficient, standardError, pValue) => {
    expect(ours?.coefficient).toBeCloseTo(coefficient, 12);
    expect(ours?.standardError).toBeCloseTo(standardError, 8);
    expect(ours?.pValue).toBeCloseTo(pValue, 8);
    expect(ours?.agreement).toBeCloseTo(7 / 12, 12);
    // scipy 1.17.1: t.ppf(0.975, 11) = 2.2009851600916384
    expect(ours?.interval?.low).toBeCloseTo(coefficient - 2.2009851600916384 * standardError, 8);
    expect(ours).toMatchObject({ units: 12, pairableUnits: 12, categories: 6, level: 0.95 });
  });

  it("count units with one rating for chance only", () => {
    const ratings = [...codedCategories, [5, undefined, undefined], [undefined, undefined, undefined]];
    const withSingle = fleissKappa(unitCounts(ratings, 6));
    expect(withSingle).toMatchObject({ units: 13, pairableUnits: 12 });
    expect(withSingle?.agreement).toBeCloseTo(7 / 12, 12);
    expect(withSingle?.expected).toBeLessThan(fleissKappa(counts)?.expected ?? 0);
  });

  // Gwet 2014, chapter 5, in Python 3 with numpy 2.4.6.
  it.each([
    ["Fleiss' kappa", fleissKappa, 0.4811154253441581, 0.14342106142858174],
    ["Gwet's AC1", gwetAc1, 0.5036131559397581, 0.14256314817217708],
  ])(
    "have Gwet's standard error with units of one rating: %s",
    (_name, coefficientOf, coefficient, standardError) => {
      const singles = [
        [5, undefined, undefined],
        [undefined, 0, undefined],
      ];
      const ours = coefficientOf(unitCounts([...codedCategories, ...singles], 6));
      expect(ours?.coefficient).toBeCloseTo(coefficient, 12);
      expect(ours?.standardError).toBeCloseTo(standardError, 12);
    },
  );

  it("depend on unused categories where chance means guessing, and only there", () => {
    const five = unitCounts(codedCategories, 5);
    expect(fleissKappa(five)?.coefficient).toBe(fleissKappa(counts)?.coefficient);
    expect(congerKappa(codedCategories, 5)?.coefficient).toBe(congerKappa(codedCategories, 6)?.coefficient);
    expect(gwetAc1(five)?.coefficient).toBeLessThan(gwetAc1(counts)?.coefficient ?? 0);
    expect(brennanPrediger(five)?.coefficient).toBeCloseTo((7 / 12 - 1 / 5) / (4 / 5), 12);
  });

  it("are undefined without variation where chance would agree always", () => {
    expect(fleissKappa(constant)).toBeUndefined();
    expect(
      congerKappa(
        [
          [0, 0],
          [0, 0],
        ],
        2,
      ),
    ).toBeUndefined();
    expect(gwetAc1(constant)).toMatchObject({ coefficient: 1, interval: undefined, pValue: undefined });
    expect(brennanPrediger(constant)).toMatchObject({ coefficient: 1, interval: undefined });
  });

  it("are undefined with one coder, or one category", () => {
    const single = unitCounts([[0], [1], [1]], 2);
    for (const coefficient of [fleissKappa, gwetAc1, brennanPrediger, percentAgreement])
      expect(coefficient(single)).toBeUndefined();
    expect(congerKappa([[0], [1]], 2)).toBeUndefined();
    for (const coefficient of [gwetAc1, brennanPrediger]) expect(coefficient([[2], [2]])).toBeUndefined();
    expect(fleissKappa([])).toBeUndefined();
  });

  it("refuse ratings outside the codebook and crooked counts", () => {
    expect(() => unitCounts([[0, 2]], 2)).toThrow(RangeError);
    expect(() => fleissKappa([[1, 1], [2]])).toThrow(RangeError);
    expect(() => fleissKappa([[1.5, 0.5]])).toThrow(RangeError);
  });
});

describe("fleissKappaPerCategory", () => {
  it("equals Fleiss' kappa of the category against the rest", () => {
    const [first, ...others] = fleissKappaPerCategory(counts);
    const collapsed = codedCategories.map((row) =>
      row.map((category) => (category === undefined ? undefined : Number(category !== 0))),
    );
    expect(first).toEqual(fleissKappa(unitCounts(collapsed, 2)));
    expect(others.at(-1)).toBeUndefined();
  });
});

describe("congerKappa", () => {
  it("is Cohen's kappa with two coders, whatever empty columns there are", () => {
    const pairs = codedCategories
      .filter((row) => row[1] !== undefined)
      .map((row) => [row[0], undefined, row[1]]);
    const table = crossTable(
      pairs.map((row) => row[0]),
      pairs.map((row) => row[2]),
      5,
    );
    expect(congerKappa(pairs, 5)?.coefficient).toBeCloseTo(cohenKappa(table)?.kappa ?? 0, 12);
  });
});

describe("lightKappa", () => {
  it("is the mean over the pairs of coders, each over what both coded", () => {
    const light = lightKappa(codedCategories, 6);
    // Python 3 with numpy 2.4.6.
    expect(light.kappa).toBeCloseTo(0.4507401533174729, 12);
    const kappas = light.pairs.map(({ first, second, kappa }) => [first, second, kappa?.kappa]);
    expect(kappas).toEqual([
      [0, 1, expect.closeTo(0.43298969072164945, 12)],
      [0, 2, expect.closeTo(0.75, 12)],
      [1, 2, expect.closeTo(0.1692307692307692, 12)],
    ]);
  });

  it("is undefined where one pair's kappa is, and keeps the others", () => {
    const light = lightKappa(
      [
        [0, 0, 0],
        [0, 0, 1],
        [0, 0, 1],
      ],
      2,
    );
    expect(light.kappa).toBeUndefined();
    expect(light.pairs.map(({ kappa }) => kappa?.kappa)).toEqual([undefined, 0, 0]);
    expect(lightKappa([[0], [1]], 2)).toEqual({ kappa: undefined, pairs: [] });
  });
});

describe("percentAgreement", () => {
  it("has the standard error of a mean over units", () => {
    const agreement = percentAgreement(counts);
    expect(agreement?.agreement).toBeCloseTo(7 / 12, 12);
    // As above.
    expect(agreement?.standardError).toBeCloseTo(0.10952145677883492, 8);
    expect(agreement?.interval?.low).toBeCloseTo(7 / 12 - 2.2009851600916384 * 0.10952145677883492, 8);
  });

  it("ends at 0, and has no interval where all units are alike", () => {
    expect(
      percentAgreement([
        [1, 1],
        [1, 1],
        [1, 1],
        [2, 0],
      ])?.interval?.low,
    ).toBe(0);
    expect(percentAgreement(constant)).toMatchObject({ agreement: 1, standardError: 0, interval: undefined });
  });
});

describe("specificAgreement", () => {
  // Python 3 with numpy 2.4.6: the ratio of weighted units differentiated numerically.
  it.each([
    [0, 0.75, 0.16642975586225606],
    [1, 0.5, 0.2261335084332978],
    [2, 0.4, 0.10233634385065334],
    [3, 0.5, 0.2132007163555396],
    [4, 0.6666666666666666, 0.21711298242621882],
  ])("equals a numerical derivative for category %i", (category, agreement, standardError) => {
    const ours = specificAgreement(counts)[category];
    expect(ours?.agreement).toBeCloseTo(agreement, 12);
    expect(ours?.standardError).toBeCloseTo(standardError, 8);
    expect(ours?.interval?.low).toBeGreaterThan(0);
    expect(ours?.interval?.high).toBeLessThan(1);
  });

  it("is 2a / (2a + b + c) with two coders", () => {
    const pairs = unitCounts(
      [
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      2,
    );
    expect(specificAgreement(pairs)[0]?.agreement).toBeCloseTo(6 / 8, 12);
    expect(specificAgreement(pairs)[1]?.agreement).toBeCloseTo(2 / 4, 12);
  });

  it("keeps an interval with a width where all agree, and is undefined for an unused category", () => {
    const [used, unused] = specificAgreement(constant);
    expect(used).toMatchObject({ agreement: 1, standardError: 0, units: 3 });
    expect(used?.interval).toEqual({ low: expect.closeTo(0.4385, 4), high: 1 });
    expect(unused).toMatchObject({ agreement: undefined, interval: undefined, units: 0 });
  });
});
