import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { openStudy } from "../../src/store/openStudy.ts";

/**
 * Classifies pictures with the bundled model into the study in a folder, by its `codebook.yaml`, which is the notebook's unless
 * there is one.
 */
export async function classifyInto(folder: string, inputs: readonly string[]): Promise<void> {
  const codebookPath = join(folder, "codebook.yaml");
  if (!existsSync(codebookPath)) copyFileSync(join(packageRoot, "demo/codebook.yaml"), codebookPath);
  const study = openStudy(folder);
  const encoder = await loadEncoder("demo");
  const opened = await openInputs(inputs);
  try {
    await classifyUnits({ study, encoder, codebook: await loadCodebook(codebookPath), inputs: opened });
  } finally {
    await opened.close();
    await encoder.close();
    study.close();
  }
}
