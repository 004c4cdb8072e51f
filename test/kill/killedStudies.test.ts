import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";
import { killActivities } from "./killActivities.ts";
import { killAndContinue } from "./killAndContinue.ts";
import { kills } from "./kills.ts";
import { requireActivitiesWhole } from "./requireActivitiesWhole.ts";
import { requireNothingLost } from "./requireNothingLost.ts";

it("after 200 kills over indexing, classifying, writing, reviewing and coding nothing is lost, and the tables are as undisturbed", async () => {
  const folder = temporaryFolder();
  for (const name of ["indexing", "others"]) mkdirSync(join(folder, name));
  const indexing = {
    folder: join(folder, "indexing"),
    pictures: 800,
    kills: kills.indexing,
    batchSize: 16,
    seed: 4,
  };
  const others = { folder: join(folder, "others"), pictures: 120, rows: 6_000, kills, seed: 5 };
  // Side by side: each is one process at a time that is started and killed.
  const [runs, report] = await Promise.all([killAndContinue(indexing), killActivities(others)]);
  expect(report.kills.length + runs.runs.length - 1).toBe(200);
  requireNothingLost(runs, indexing);
  requireActivitiesWhole(report, others);
}, 900_000);
