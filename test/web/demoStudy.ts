import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { drawPictures } from "../../demo/drawPictures.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { openStudy } from "../../src/store/openStudy.ts";

/**
 * Makes a study as `clipbook demo` does: drawn pictures in `images`, the notebook's codebook, one run with the bundled model.
 * @param folder an empty folder
 */
export async function makeDemoStudy(folder: string, count = 42): Promise<void> {
  const images = join(folder, "images");
  await drawPictures(images, { count });
  copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
  const study = openStudy(folder);
  const encoder = await loadEncoder("demo");
  const inputs = await openInputs([images]);
  const codebook = await loadCodebook(join(folder, "codebook.yaml"));
  try {
    await classifyUnits({ study, encoder, codebook, inputs });
  } finally {
    await inputs.close();
    await encoder.close();
    study.close();
  }
}
