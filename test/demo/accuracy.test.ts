import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DrawnTruth, drawPictures } from "../../demo/drawPictures.ts";
import { seedRanges } from "../../demo/seedRanges.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import type { Encoder } from "../../src/model/openEncoder.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { openStudy, type Study } from "../../src/store/openStudy.ts";

const pictureCount = 420;
const folder = mkdtempSync(join(tmpdir(), "clipbook-accuracy-"));
let truth: readonly DrawnTruth[];
let study: Study;
let encoder: Encoder;

beforeAll(async () => {
  // Seeds that neither the training nor the demo uses.
  truth = await drawPictures(join(folder, "images"), {
    count: pictureCount,
    series: 17,
    range: seedRanges.evaluation,
  });
  study = openStudy(join(folder, "study"));
  encoder = await loadEncoder("demo");
});

afterAll(async () => {
  await encoder?.close();
  study?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Share of the pictures that get the category that they were drawn as, 0 to 1. */
async function measureAccuracy(codebookFile: string): Promise<number> {
  const codebook = await loadCodebook(join(packageRoot, "demo", codebookFile));
  const inputs = await openInputs([join(folder, "images")]);
  const { run } = await classifyUnits({ study, encoder, codebook, inputs });
  await inputs.close();
  const drawn = new Map(truth.map(({ name, category }) => [name, category]));
  const names = codebook.codebook.categories.map(({ name }) => name);
  const rows = [...study.runs.rows(run.id)];
  expect(rows).toHaveLength(pictureCount);
  const right = rows.filter(({ unit, prediction }) => {
    const expected = drawn.get(unit.name.slice(unit.name.lastIndexOf("/") + 1));
    return prediction !== undefined && names[prediction.category] === expected;
  });
  return right.length / pictureCount;
}

describe("the bundled model on drawn pictures that it has not seen", () => {
  it("sorts at least 95% right with the notebook's 26 phrases and the residual", async () => {
    expect(await measureAccuracy("codebook.yaml")).toBeGreaterThanOrEqual(0.95);
  });

  for (const length of ["short", "medium", "long"]) {
    it(`sorts at least 85% right with ${length} phrases in words of somebody else`, async () => {
      expect(await measureAccuracy(`evaluation/paraphrase-${length}.yaml`)).toBeGreaterThanOrEqual(0.85);
    });
  }
});
