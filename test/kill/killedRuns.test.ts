import { expect, it } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";
import { killAndContinue } from "./killAndContinue.ts";
import { requireNothingLost } from "./requireNothingLost.ts";

it("runs that are killed and continued lose nothing and repeat a batch at most", async () => {
  const spec = { folder: temporaryFolder(), pictures: 400, kills: 8, batchSize: 16, seed: 4 };
  const report = await killAndContinue(spec);
  expect(report.runs).toHaveLength(9);
  requireNothingLost(report, spec);
});
