import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Machine } from "../../bench/machine.ts";
import { earlierMeasurements, type Results, saveResults, withMeasurement } from "../../bench/results.ts";
import { resultsTable } from "../../bench/resultsTable.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const machine: Machine = {
  processor: "Some processor",
  processors: 2,
  instructions: "avx2",
  memoryGb: 8,
  system: "linux 6 x64",
  versions: { Node: "24.0.0" },
};
const tower = {
  key: "tower-float32",
  title: "tower",
  unit: "images/s",
  values: [18.14, 22.5, 19],
  run: "1",
} as const;
const results: Results = { machine, settings: { model: "tiny" }, measurements: [tower] };

describe("results", () => {
  it("put a newer measurement in the place of the older one", () => {
    const newer = { ...tower, values: [1], run: "2" };
    const decode = { ...tower, key: "decode" };
    expect(withMeasurement(withMeasurement(results, decode), newer).measurements).toEqual([newer, decode]);
  });

  it("are read again by a run that measures the rest, and refused on another machine", () => {
    const path = join(temporaryFolder(), "results.json");
    expect(earlierMeasurements(path, results)).toEqual([]);
    saveResults(path, results);
    expect(earlierMeasurements(path, { ...results, measurements: [] })).toEqual([tower]);
    const elsewhere = { ...results, machine: { ...machine, processors: 4 } };
    expect(() => earlierMeasurements(path, elsewhere)).toThrow("made on another machine");
    expect(() => earlierMeasurements(path, { ...results, settings: { model: "big" } })).toThrow(
      "other settings",
    );
    expect(readFileSync(path, "utf8")).toMatch(/\n$/);
  });
});

describe("resultsTable", () => {
  it("shows the median, the spread and the turns, and why something was not run", () => {
    const missing = {
      ...tower,
      key: "python-notebook",
      title: "notebook",
      values: [],
      notRun: "no\npython|3",
    };
    const int8 = { ...tower, key: "tower-int8", title: "int8", values: [38, 60, 57] };
    const table = resultsTable({ ...results, measurements: [missing, int8, tower] });
    const at = (row: string) => table.indexOf(row);
    expect(at("| tower |")).toBeLessThan(at("| int8 |"));
    expect(at("| int8 |")).toBeLessThan(at("| notebook |"));
    expect(table).toContain("Machine: Some processor, 2 processors (avx2), 8 GB, linux 6 x64.");
    expect(table).toContain("| tower | 19.0 images/s | 18.1 to 22.5 | 3 |");
    expect(table).toContain("| notebook | not run | no python\\|3 | 0 |");
    expect(table).toContain("| int8 to float32, image tower in ONNX Runtime | 2.67 | 2.09 to 3.00 |");
  });

  it("says how much more memory the largest run held", () => {
    const memory = (what: string, size: number, value: number) => ({
      ...tower,
      key: `memory-${what}-${size}`,
      unit: "MB" as const,
      values: [value],
    });
    const measurements = [memory("peak", 1000, 600), memory("indexing", 1000, 550)];
    measurements.push(memory("peak", 10_000, 612), memory("indexing", 10_000, 548));
    expect(resultsTable({ ...results, measurements })).toContain(
      "Memory with 10,000 pictures instead of 1,000: median while indexing -2 MB, peak of the whole command +12 MB.",
    );
  });
});
