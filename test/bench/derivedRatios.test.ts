import { describe, expect, it } from "vitest";
import { derivedRatios, efficiency } from "../../bench/derivedRatios.ts";
import type { Measurement } from "../../bench/results.ts";

function rates(key: string, values: readonly number[], run = "today"): Measurement {
  return { key, title: key, unit: "images/s", values, run };
}

const clipbook = [
  rates("tower-float32", [40, 40]),
  rates("lanes-float32", [50, 30]),
  rates("decode", [200, 360]),
  rates("pipeline-float32", [40, 32.4]),
];

describe("efficiency", () => {
  it("is 1 where a picture costs the tower's time and the decoder's and nothing else", () => {
    // 20 ms and 5 ms a picture: 40 pictures a second.
    expect(efficiency(40, 50, 200)).toBeCloseTo(1, 12);
    expect(efficiency(20, 50, 200)).toBeCloseTo(0.5, 12);
  });
});

describe("derivedRatios", () => {
  it("holds the pipeline against both ways to run the tower, turn by turn", () => {
    const [own, runtime] = derivedRatios(clipbook);
    expect(own?.title).toBe("efficiency of clipbook classify, measured by its own tower, float32");
    expect(own?.values.map((value) => value.toFixed(4))).toEqual(["1.0000", "1.1700"]);
    expect(runtime?.title).toContain("measured by ONNX Runtime with batches of 16, float32");
    expect(runtime?.values.map((value) => value.toFixed(4))).toEqual(["1.2000", "0.9000"]);
  });

  it("compares with each peer at the peer's precision", () => {
    const peers = [rates("pipeline-int8", [90, 100]), rates("transformersjs-towers-int8", [30, 25])];
    const found = derivedRatios([...clipbook, ...peers]).find(({ title }) =>
      title.includes("transformersjs"),
    );
    expect(found?.values).toEqual([3, 4]);
    const notebook = derivedRatios([...clipbook, rates("python-notebook", [10, 16.2])]).at(-1);
    expect(notebook?.values).toEqual([4, 2]);
  });

  it("never divides values of two runs, nor what was not run", () => {
    const other = rates("tower-int8", [100, 100], "yesterday");
    const missing = { ...rates("tower-int8", []), notRun: "no int8" };
    const ofTowers = (measurements: readonly Measurement[]) =>
      derivedRatios(measurements).filter(({ title }) => title.includes("image tower"));
    expect(ofTowers([...clipbook, other])).toEqual([]);
    expect(ofTowers([...clipbook, missing])).toEqual([]);
    expect(ofTowers([...clipbook, { ...other, run: "today" }])[0]?.values).toEqual([2.5, 2.5]);
  });

  it("compares as many repetitions as both have when a run was stopped", () => {
    const stopped = derivedRatios([...clipbook, rates("tower-int8", [100])]);
    expect(stopped.find(({ title }) => title.includes("image tower"))?.values).toEqual([2.5]);
  });

  it("compares two pinned workers with one, by rate and by the processor time that they got", () => {
    const pinned = [
      rates("workers-scaling-1-rate", [20]),
      rates("workers-scaling-2-rate", [30]),
      rates("workers-scaling-1-workers-ms", [45]),
      rates("workers-scaling-2-workers-ms", [50]),
    ];
    expect(derivedRatios(pinned).map(({ values }) => values)).toEqual([[1.5], [1.8]]);
  });
});
