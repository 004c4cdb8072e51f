import { expect, it } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";
import { killAndContinue } from "./killAndContinue.ts";
import { kills } from "./kills.ts";
import { requireNothingLost } from "./requireNothingLost.ts";

it("runs that are killed while they index and continued lose nothing and repeat a batch at most", async () => {
  const spec = { folder: temporaryFolder(), pictures: 800, kills: kills.indexing, batchSize: 16, seed: 4 };
  const report = await killAndContinue(spec);
  expect(report.runs).toHaveLength(kills.indexing + 1);
  requireNothingLost(report, spec);
}, 600_000);
