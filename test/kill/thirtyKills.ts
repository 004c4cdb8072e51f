// `npm run test:kill`: the kill test in full, 30 kills over 2,000 pictures, with one line for each run. `--seed N` for
// other moments.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { killAndContinue, type RunRecord } from "./killAndContinue.ts";
import { requireNothingLost } from "./requireNothingLost.ts";

const { values } = parseArgs({ options: { seed: { type: "string", default: "1" } } });
const folder = mkdtempSync(join(tmpdir(), "clipbook-kill-"));

function print({ during, isKilled, lastStep, embedded, repeated, integrity }: RunRecord): void {
  const end = isKilled ? `killed after "${lastStep}"` : `ended by itself after "${lastStep}"`;
  process.stdout.write(
    `${during.padEnd(10)} ${end.padEnd(36)} embedded ${String(embedded).padStart(4)}, of these again ${String(repeated).padStart(2)}, integrity ${integrity}\n`,
  );
}

try {
  const spec = { folder, pictures: 2_000, kills: 30, batchSize: 16, seed: Number(values.seed), onRun: print };
  const report = await killAndContinue(spec);
  requireNothingLost(report, spec);
  const repeated = report.runs.reduce((sum, run) => sum + run.repeated, 0);
  process.stdout.write(
    `nothing lost: ${spec.kills} kills over ${spec.pictures} pictures, ${repeated} embedded again, at most ` +
      `${Math.max(...report.runs.map((run) => run.repeated))} by one run (batch ${spec.batchSize}); the table is byte-identical\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
