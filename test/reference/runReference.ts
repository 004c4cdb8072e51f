import { faultsOf } from "./checkVector.ts";
import { readVectors } from "./referenceVector.ts";

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("error: no file with vectors\nhint: npm run test:reference -- FILE\n");
  process.exit(1);
}
const vectors = readVectors(file);
let failed = 0;
for (const vector of vectors) {
  const faults = problemsOf(vector);
  if (faults.length > 0) failed += 1;
  process.stdout.write(`${faults.length === 0 ? "ok  " : "FAIL"} ${vector.id} (${vector.statistic})\n`);
  for (const fault of faults) process.stdout.write(`     ${fault}\n`);
}
process.stdout.write(`${vectors.length - failed} of ${vectors.length} vectors agree\n`);
if (failed > 0) process.exitCode = 1;

function problemsOf(vector: (typeof vectors)[number]): readonly string[] {
  try {
    return faultsOf(vector, vectors);
  } catch (error) {
    return [(error as Error).message];
  }
}
