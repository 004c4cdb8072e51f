import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { locateModel } from "../src/model/locateModel.ts";
import type { BenchContext } from "./benchContext.ts";
import type { BenchOptions } from "./benchOptions.ts";
import { askPython, describeMachine, maybePeerVersion } from "./machine.ts";
import { sizePoints } from "./measureMemory.ts";
import { listPictures } from "./pictureSet.ts";
import { earlierMeasurements, type Results, saveResults, withMeasurement } from "./results.ts";
import { resultsTable } from "./resultsTable.ts";
import { runContest } from "./runContest.ts";
import { runCurve } from "./runCurve.ts";
import { runEmbeddings } from "./runEmbeddings.ts";
import { runMillion } from "./runMillion.ts";
import { runStored } from "./runStored.ts";
import { runWorkers } from "./runWorkers.ts";
import { sizePlot } from "./sizePlot.ts";

/**
 * Runs the benchmark and writes results.json, table.md and plot.svg; the table as Markdown.
 * @param tell called with each line about how far it has come
 * @throws UserError for pictures, models or options that cannot be used
 */
export async function runBenchmark(options: BenchOptions, tell: (line: string) => void): Promise<string> {
  const { out, only } = options;
  const pictures = await listPictures(options.images);
  await locateModel(options.model);
  const python = askPython(options.python);
  mkdirSync(out, { recursive: true });
  const resultsPath = join(out, "results.json");
  const run = new Date().toISOString();
  let results: Results = {
    machine: describeMachine("versions" in python ? python.versions : {}),
    settings: settingsOf(options, pictures.length),
    measurements: [],
  };
  if (only.length > 0) results = { ...results, measurements: earlierMeasurements(resultsPath, results) };
  const work = mkdtempSync(join(out, "work-"));
  const context: BenchContext = {
    options,
    codebook: join(import.meta.dirname, "codebook.json"),
    pictures,
    work,
    pythonMissing: "missing" in python ? python.missing : undefined,
    transformersJsMissing:
      maybePeerVersion() === undefined ? "not installed: npm ci --prefix bench" : undefined,
    isWanted: (key) => {
      if (only.length > 0) return only.some((start) => key.startsWith(start));
      return options.million || !/^(million|embeddings|workers)/.test(key);
    },
    save: (measurement) => {
      results = withMeasurement(results, { ...measurement, run });
      saveResults(resultsPath, results);
      const { title, unit, values, notRun } = measurement;
      tell(
        notRun === undefined ? `${title}: ${values.at(-1)?.toPrecision(4)} ${unit}` : `${title}: ${notRun}`,
      );
    },
    tell,
  };
  try {
    await runContest(context);
    await runStored(context);
    await runCurve(context);
    await runMillion(context);
    await runEmbeddings(context);
    await runWorkers(context);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const table = resultsTable(results);
  writeFileSync(join(out, "table.md"), table);
  const points = sizePoints(results.measurements);
  if (points.length > 1) {
    const { processor, processors } = results.machine;
    const caption = `clipbook classify on a fresh study, int8; ${processor}, ${processors} processors`;
    writeFileSync(join(out, "plot.svg"), sizePlot(points, caption));
  }
  return table;
}

function settingsOf(
  { model, quick, repetitions }: BenchOptions,
  pictureCount: number,
): Record<string, string> {
  return {
    model: model.split(/[/\\]/).at(-1) as string,
    pictures: `${pictureCount} different ones, repeated under other names with other bytes`,
    phrases: "26",
    repetitions: String(repetitions),
    sizes: quick ? "small (--quick: no figures to quote)" : "full",
  };
}
