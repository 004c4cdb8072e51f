import { expect, it } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";
import { killActivities } from "./killActivities.ts";
import { kills } from "./kills.ts";
import { requireActivitiesWhole } from "./requireActivitiesWhole.ts";

it("a study whose classifying, writing, reviewing and coding are killed loses nothing that was acknowledged", async () => {
  const spec = { folder: temporaryFolder(), pictures: 120, rows: 6_000, kills, seed: 5 };
  const report = await killActivities(spec);
  expect(report.kills.length + kills.indexing).toBe(200);
  requireActivitiesWhole(report, spec);
}, 600_000);
