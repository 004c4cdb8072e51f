import { derivedRatios, formatRatio } from "./derivedRatios.ts";
import { median } from "./median.ts";
import type { Measurement } from "./results.ts";

const precisions = ["float32", "int8"] as const;

/** The few figures of a run that the README shows, as Markdown; a cell is empty where there is none. */
export function readmeTable(measurements: readonly Measurement[]): string {
  const ratios = derivedRatios(measurements);
  const rate = (key: string) => {
    const values = measurements.find((measurement) => measurement.key === key)?.values ?? [];
    return values.length === 0 ? "" : `${median(values).toPrecision(3)} images/s`;
  };
  const ratio = (title: string, unit: string) => {
    const found = ratios.find((other) => other.title === title);
    return found === undefined ? "" : `${formatRatio(found)}${unit}`;
  };
  const row = (title: string, cell: (precision: string) => string) =>
    `| ${title} | ${precisions.map(cell).join(" | ")} |`;
  const toPeer = (title: string, peer: string) =>
    row(title, (precision) => ratio(`clipbook classify to ${peer}, ${precision}`, " times"));
  const efficiency = (title: string, tower: string) =>
    row(title, (precision) =>
      ratio(`efficiency of clipbook classify, measured by ${tower}, ${precision}`, ""),
    );
  return `${[
    `| | ${precisions.join(" | ")} |`,
    "|---|---:|---:|",
    row("`clipbook classify`", (precision) => rate(`pipeline-${precision}`)),
    toPeer("... to transformers.js, separate towers picture by picture", "transformers.js, separate towers"),
    toPeer("... to transformers.js, zero-shot pipeline", "transformers.js, zero-shot pipeline"),
    toPeer("... to the notebook's algorithm in PyTorch", "notebook's algorithm, PyTorch"),
    efficiency("... to its own image tower and decoding, perfectly overlapped", "its own tower"),
    efficiency(
      "... to ONNX Runtime in batches of 16 and decoding, perfectly overlapped",
      "ONNX Runtime with batches of 16",
    ),
  ].join("\n")}\n`;
}
