import assert from "node:assert/strict";
import { type ActivitiesReport, type ActivitiesSpec, activities } from "./killActivities.ts";

/** Of the kills of an activity, the share that has to fall within it: the others prove nothing. */
const leastWithin = 0.8;

/** Checks what kills may cost. @throws AssertionError for anything lost, doubled, half-written or otherwise than undisturbed */
export function requireActivitiesWhole(report: ActivitiesReport, { kills: planned }: ActivitiesSpec): void {
  const { kills, tables, undisturbed } = report;
  for (const [i, kill] of kills.entries()) {
    const which = `kill ${i + 1} (${kill.activity})`;
    assert.equal(kill.integrity, "ok", which);
    assert.equal(kill.lost, 0, `${which} lost acknowledged judgements`);
    assert.ok(kill.unfinishedRuns <= 1, `${which} left ${kill.unfinishedRuns} unfinished runs`);
    assert.ok(kill.table === undefined || kill.table === undisturbed[0], `${which} left half a table`);
  }
  assert.equal(report.doubled, 0, "judgements are stored twice");
  assert.deepEqual(tables, undisturbed, "the tables are others than an undisturbed study's");
  assert.notEqual(tables[0], tables[1], "two codebooks have the same table");
  for (const activity of activities) {
    const done = kills.filter((kill) => kill.activity === activity);
    assert.equal(done.length, planned[activity], activity);
    const within = done.filter(({ isWithin }) => isWithin).length;
    assert.ok(within >= leastWithin * done.length, `only ${within} kills fell within ${activity}`);
  }
  const judged = (activity: string) =>
    kills.reduce((sum, kill) => sum + (kill.activity === activity ? kill.acknowledged : 0), 0);
  for (const activity of ["reviewing", "coding"] as const)
    assert.ok(judged(activity) >= planned[activity], `${judged(activity)} judgements by ${activity}`);
  const cutOff = kills.filter((kill) => kill.activity === "classifying" && kill.unfinishedRuns === 1);
  assert.ok(cutOff.length > 0, "no kill left an unfinished run");
}
