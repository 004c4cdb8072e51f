import assert from "node:assert/strict";
import type { KillReport, KillSpec } from "./killAndContinue.ts";

/** Checks what runs may cost that were killed and continued. @throws AssertionError for anything lost or done again */
export function requireNothingLost({ runs, undisturbed }: KillReport, spec: KillSpec): void {
  const { pictures, kills, batchSize } = spec;
  assert.equal(undisturbed.embedded, pictures);
  const table = undisturbed.table;
  assert.equal(table?.trimEnd().split("\n").length, pictures + 1);
  for (const [i, run] of runs.entries()) {
    const which = `run ${i + 1} (${run.during}, last step: ${run.lastStep})`;
    assert.equal(run.integrity, "ok", which);
    assert.ok(
      run.unfinishedRuns <= (run.isKilled ? 1 : 0),
      `${which} left ${run.unfinishedRuns} unfinished runs`,
    );
    assert.ok(run.repeated <= batchSize, `${which} repeated ${run.repeated} pictures`);
    assert.ok(run.table === undefined || run.table === table, `${which} left half a table`);
    const others = run.visibleNames.filter(
      (name) => !/^(clipbook\.(db(-wal|-shm)?|lock(-journal)?)|results\.csv)$/.test(name),
    );
    assert.deepEqual(others, [], which);
  }
  assert.equal(runs.length, kills + 1);
  assert.equal(runs.at(-1)?.table, table, "the table is another one than an undisturbed run's");
  const embedded = runs.reduce((sum, run) => sum + run.embedded, 0);
  const repeated = runs.reduce((sum, run) => sum + run.repeated, 0);
  assert.equal(embedded - repeated, pictures, "pictures that went through the tower");
  requireRealKills({ runs, undisturbed }, spec);
}

/** A test whose kills come too late would prove nothing. */
function requireRealKills({ runs }: KillReport, { kills }: KillSpec): void {
  const hit = runs.filter(({ isKilled }) => isKilled);
  assert.ok(hit.length >= 0.7 * kills, `only ${hit.length} of ${kills} kills met a run under way`);
  const whileIndexing = hit.filter(({ lastStep }) => /^(embedding|stored)/.test(lastStep));
  assert.ok(whileIndexing.length >= kills / 2, `only ${whileIndexing.length} kills met a run while indexing`);
  for (const during of ["start", "scoring", "writing"]) {
    assert.ok(
      hit.some((run) => run.during === during),
      `no kill met a run under way in its ${during}`,
    );
  }
}
