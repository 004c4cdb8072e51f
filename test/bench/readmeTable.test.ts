import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readmeTable } from "../../bench/readmeTable.ts";
import type { Measurement } from "../../bench/results.ts";

const root = join(import.meta.dirname, "../..");
const measured = (key: string, title: string, ...values: readonly number[]): Measurement => ({
  key,
  title,
  unit: "images/s",
  values,
  run: "1",
});

/** Cells of a Markdown table's row that begins so, without its title. */
function cellsOf(page: string, title: string): readonly string[] {
  const line = page.split("\n").find((other) => other.startsWith(`| ${title} |`));
  return (line ?? "")
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim());
}

describe("the README's table of speed", () => {
  it("has medians and ratios of a run, and nothing where nothing was measured", () => {
    const table = readmeTable([
      measured("pipeline-float32", "clipbook classify, float32", 40, 44, 42),
      measured("tower-float32", "tower", 50, 50, 50),
      measured("decode", "decode", 450, 450, 450),
      measured("transformersjs-towers-float32", "transformers.js, separate towers, float32", 20, 20, 20),
    ]);
    expect(cellsOf(table, "`clipbook classify`")).toEqual(["42.0 images/s", ""]);
    expect(cellsOf(table, "... to transformers.js, separate towers picture by picture")).toEqual([
      "2.10 times",
      "",
    ]);
    // 42 / (1 / (1 / 50 + 1 / 450)) = 0.933.
    const efficiency = "... to ONNX Runtime in batches of 16 and decoding, perfectly overlapped";
    expect(cellsOf(table, efficiency)).toEqual(["0.93", ""]);
  });

  it("says what docs/benchmark.md says", () => {
    const [readme, page] = ["README.md", "docs/benchmark.md"].map((name) =>
      readFileSync(join(root, name), "utf8"),
    ) as [string, string];
    const sources: Readonly<Record<string, string>> = {
      "`clipbook classify`": "clipbook classify, PRECISION",
      "... to transformers.js, separate towers picture by picture":
        "clipbook classify to transformers.js, separate towers, PRECISION",
      "... to transformers.js, zero-shot pipeline":
        "clipbook classify to transformers.js, zero-shot pipeline, PRECISION",
      "... to the notebook's algorithm in PyTorch":
        "clipbook classify to notebook's algorithm, PyTorch, PRECISION",
      "... to its own image tower and decoding, perfectly overlapped":
        "efficiency of clipbook classify, measured by its own tower, PRECISION",
      "... to ONNX Runtime in batches of 16 and decoding, perfectly overlapped":
        "efficiency of clipbook classify, measured by ONNX Runtime with batches of 16, PRECISION",
    };
    for (const [title, source] of Object.entries(sources)) {
      const said = ["float32", "int8"].map((precision) => {
        const [figure = ""] = cellsOf(page, source.replace("PRECISION", precision));
        return figure.replace(/ .*/, "");
      });
      expect([title, cellsOf(readme, title).map((cell) => cell.replace(/ .*/, ""))]).toEqual([title, said]);
    }
  });
});
