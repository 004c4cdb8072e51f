import { expect, it } from "vitest";
import { clopperPearsonInterval } from "../../src/stats/clopperPearsonInterval.ts";
import { kornGraubardInterval } from "../../src/stats/kornGraubardInterval.ts";

it("equals svyciprop of R survey 4.1-1, method beta", () => {
  const interval = kornGraubardInterval({
    share: 0.0654166666667,
    standardError: 0.015563279917,
    sampleSize: 170,
    degreesOfFreedom: 166,
  });
  expect(interval?.low).toBeCloseTo(0.0382208511115, 9);
  expect(interval?.high).toBeCloseTo(0.1033394175479, 9);
});

it("is Clopper and Pearson's for a simple random sample with the divisor n", () => {
  const [share, n] = [0.3, 50];
  const simple = { share, standardError: Math.sqrt((share * (1 - share)) / n), sampleSize: n };
  const interval = kornGraubardInterval({ ...simple, degreesOfFreedom: n - 1 });
  const exact = clopperPearsonInterval(15, 50);
  expect(interval?.low).toBeCloseTo(exact?.low ?? 0, 12);
  expect(interval?.high).toBeCloseTo(exact?.high ?? 0, 12);
});

it("uses the sample's size where nothing varies, and has no width where nothing was sampled", () => {
  const none = { share: 0, standardError: 0, sampleSize: 30, degreesOfFreedom: 29 };
  expect(kornGraubardInterval(none)?.high).toBeCloseTo(0.1157033082220278, 12);
  expect(kornGraubardInterval({ ...none, share: 0.4 })).toEqual({ low: 0.4, high: 0.4 });
  expect(kornGraubardInterval({ ...none, degreesOfFreedom: 0 })).toBeUndefined();
  expect(() => kornGraubardInterval({ ...none, share: 1.1 })).toThrow(RangeError);
});
