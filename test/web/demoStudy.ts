import { join } from "node:path";
import { drawPictures } from "../../demo/drawPictures.ts";
import { classifyInto } from "./classifyInto.ts";

/**
 * Makes a study as `clipbook demo` does: drawn pictures in `images`, the notebook's codebook, one run with the bundled model.
 * @param folder an empty folder
 */
export async function makeDemoStudy(folder: string, count = 42): Promise<void> {
  const images = join(folder, "images");
  await drawPictures(images, { count });
  await classifyInto(folder, [images]);
}
