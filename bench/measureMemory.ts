import { rm } from "node:fs/promises";
import { join } from "node:path";
import { writePictureSet } from "./pictureSet.ts";
import { medianBetween } from "./residentSize.ts";
import type { Measurement } from "./results.ts";
import { runClipbook } from "./runClipbook.ts";
import type { SizePoint } from "./sizePlot.ts";

/** What the memory curve is measured on. */
export interface MemorySpec {
  /** Pictures in the runs, growing; each run gets those of the run before and more. */
  readonly sizes: readonly number[];
  readonly model: string;
  readonly precision: string;
  readonly codebook: string;
  readonly pictures: readonly string[];
  /** A folder for pictures and studies. */
  readonly work: string;
}

/** Runs `clipbook classify` on a fresh study for each size, and watches its memory from start to end. */
export async function measureMemory(spec: MemorySpec, onPoint: (point: SizePoint) => void): Promise<void> {
  const folders: string[] = [];
  let written = 0;
  for (const size of spec.sizes) {
    const folder = join(spec.work, `to-${size}`);
    await writePictureSet(folder, spec.pictures, size - written, written);
    written = size;
    folders.push(folder);
    const study = join(spec.work, `study-${size}`);
    const { model, precision, codebook } = spec;
    const args = ["--study", study, "--codebook", codebook, "--model", model, "--precision", precision];
    const run = await runClipbook(["classify", ...folders, ...args, "--json"]);
    const reported = run.lines.filter(({ text }) => text.startsWith("classifying "));
    const first = reported[0]?.seconds ?? 0;
    const last = reported.at(-1)?.seconds ?? run.seconds;
    onPoint({
      pictures: size,
      rate: size / run.seconds,
      peakMb: run.residentSize.peakMb,
      indexingMb: medianBetween(run.residentSize, first, last),
    });
    await rm(study, { recursive: true });
  }
}

/** The three measurements of a size. */
export function memoryMeasurements(point: SizePoint, precision: string): readonly Omit<Measurement, "run">[] {
  const { pictures, rate, peakMb, indexingMb } = point;
  const of = `${pictures.toLocaleString("en-US")} pictures, ${precision}`;
  const measurement = (what: string, title: string, unit: "MB" | "images/s", value: number) => ({
    key: `memory-${what}-${pictures}`,
    title: `${title}, ${of}`,
    unit,
    values: [value],
  });
  return [
    measurement("peak", "peak memory of the whole command", "MB", peakMb),
    measurement("indexing", "median memory while indexing", "MB", indexingMb),
    measurement("rate", "clipbook classify, start-up included", "images/s", rate),
  ];
}

/** The points of the memory curve among the measurements, by size; those of the newest run alone. */
export function sizePoints(all: readonly Measurement[]): readonly SizePoint[] {
  const newest = all
    .filter(({ key }) => key.startsWith("memory-"))
    .map(({ run }) => run)
    .sort()
    .at(-1);
  const measurements = all.filter(({ run }) => run === newest);
  const value = (key: string) => measurements.find((measurement) => measurement.key === key)?.values[0];
  return measurements
    .flatMap(({ key }) => key.match(/^memory-peak-(\d+)$/)?.[1] ?? [])
    .map((size) => ({
      pictures: Number(size),
      rate: value(`memory-rate-${size}`) ?? 0,
      peakMb: value(`memory-peak-${size}`) ?? 0,
      indexingMb: value(`memory-indexing-${size}`) ?? 0,
    }))
    .sort((a, b) => a.pictures - b.pictures);
}
