import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BenchContext } from "./benchContext.ts";
import { measureMemory, memoryMeasurements } from "./measureMemory.ts";

// int8, for 10,000 pictures take a third of the time then; the pictures' part of the memory is the same.
const precision = "int8";

/** Memory and rate of the whole command against the number of pictures: one run each, for the sizes are large. */
export async function runCurve({
  options,
  work,
  pictures,
  codebook,
  isWanted,
  save,
  tell,
}: BenchContext): Promise<void> {
  if (!isWanted("memory")) return;
  const sizes = options.quick ? [32, 64] : [100, 1000, 10_000];
  const folder = join(work, "curve");
  mkdirSync(folder);
  tell(`memory with ${sizes.join(", ")} pictures`);
  const { model } = options;
  await measureMemory({ sizes, model, precision, codebook, pictures, work: folder }, (point) => {
    for (const measurement of memoryMeasurements(point, precision)) save(measurement);
  });
}
