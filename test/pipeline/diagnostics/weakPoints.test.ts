import { describe, expect, it } from "vitest";
import type { Diagnostics, PhraseDiagnosis } from "../../../src/pipeline/diagnostics/diagnostics.ts";
import { weakPointKinds, weakPoints } from "../../../src/pipeline/diagnostics/weakPoints.ts";

const no = { why: "not asked for" };

function phrase(changes: Partial<PhraseDiagnosis> = {}): PhraseDiagnosis {
  return {
    text: "a dog",
    category: 0,
    wins: 10,
    share: 0.1,
    precision: no,
    nearestRival: no,
    tokens: 4,
    without: { moved: 1, share: 0.01, macroF1: no },
    ...changes,
  };
}

function diagnostics(changes: Partial<Diagnostics> = {}): Diagnostics {
  return {
    runId: 1,
    modelName: "tiny",
    scoring: "max",
    units: 100,
    failedUnits: 0,
    categories: [],
    phrases: [phrase()],
    similarities: { categories: [], phrases: [], medianWithin: 0.5 },
    scorings: { rules: [], pairs: [], disagreements: 5, share: 0.05 },
    templates: no,
    gold: no,
    contextLength: { tokens: 77 },
    weakPoints: [],
    ...changes,
  };
}

const kindsOf = (changes: Partial<Diagnostics>) => weakPoints(diagnostics(changes)).map(({ kind }) => kind);
const change = (low: number, high: number) => ({
  moved: 1,
  share: 0.01,
  macroF1: { change: (low + high) / 2, interval: { low, high } },
});
const precision = (high: number) => ({ share: 0.2, interval: { low: 0.1, high }, units: 20 });
const alpha = (value: number) => ({
  templates: [],
  images: 10,
  of: 10,
  seed: undefined,
  alpha: { alpha: value, standardError: 0.1, interval: undefined, level: 0.95, pairableUnits: 10 },
  perCategory: [],
});

describe("weakPoints", () => {
  it("finds nothing where nothing is weak, or nothing is known", () => {
    expect(kindsOf({})).toEqual([]);
    expect(kindsOf({ units: 0, phrases: [phrase({ wins: 0, share: undefined })] })).toEqual([]);
  });

  it.each([
    ["harmful-phrase", { phrases: [phrase({ without: change(0.001, 0.05) })] }, true],
    ["harmful-phrase", { phrases: [phrase({ without: change(-0.001, 0.05) })] }, false],
    ["imprecise-phrase", { phrases: [phrase({ precision: precision(0.49) })] }, true],
    ["imprecise-phrase", { phrases: [phrase({ precision: precision(0.51) })] }, false],
    ["unstable-wording", { templates: alpha(0.66) }, true],
    ["unstable-wording", { templates: alpha(0.67) }, false],
    ["scoring-decides", { scorings: { rules: [], pairs: [], disagreements: 11, share: 0.11 } }, true],
    ["loaded-phrase", { phrases: [phrase({ without: { moved: 11, share: 0.11, macroF1: no } })] }, true],
    ["dominant-phrase", { phrases: [phrase({ share: 0.51 })] }, true],
    ["dominant-phrase", { phrases: [phrase({ share: 0.5 })] }, false],
    ["unused-phrase", { phrases: [phrase({ wins: 0, share: 0 })] }, true],
    // Under the mean a phrase works without standing for an image.
    ["unused-phrase", { scoring: "mean", phrases: [phrase({ wins: 0, share: 0 })] }, false],
  ] as const)("%s: %o %s", (kind, changes, isFound) => {
    expect(kindsOf(changes)).toEqual(isFound ? [kind] : []);
  });

  it("names a confusable pair once", () => {
    const rival = (other: number) => ({ phrase: other, cosine: 0.9, isConfusable: true });
    const points = weakPoints(
      diagnostics({
        phrases: [
          phrase({ nearestRival: rival(1) }),
          phrase({ text: "a wolf", category: 1, nearestRival: rival(0) }),
        ],
      }),
    );
    expect(points).toMatchObject([{ kind: "confusable-phrases", phrase: 0 }]);
    expect(points[0]?.what).toMatch(/^"a dog" and "a wolf" of another category/);
  });

  it("puts what gold units say first, and the worst of a kind before the others", () => {
    const found = weakPoints(
      diagnostics({
        phrases: [
          phrase({ text: "unused", wins: 0 }),
          phrase({ text: "somewhat", without: change(0.001, 0.03) }),
          phrase({ text: "much", without: change(0.01, 0.3) }),
        ],
        templates: alpha(0.3),
      }),
    );
    expect(found.map(({ kind }) => kind)).toEqual([
      "harmful-phrase",
      "harmful-phrase",
      "unstable-wording",
      "unused-phrase",
    ]);
    expect(found[0]?.what).toBe('without "much" macro-F1 changes by +0.155 (95% interval +0.010 to +0.300)');
    expect(weakPointKinds[0]).toBe("harmful-phrase");
  });
});
