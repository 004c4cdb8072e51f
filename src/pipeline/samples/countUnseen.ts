import { existsSync } from "node:fs";
import { importedFormat, isAwayPath } from "../../store/importedImage.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";

/** How many pictures of a sample no coder can see, because their embeddings were imported and no file lies where they are said to be. */
export function countUnseen(study: Study, sample: Sample): number {
  return study.samples.members(sample.id).filter(({ imageId, unitId }) => {
    const file = study.units.maybeFileOf(imageId, unitId);
    if (file?.format !== importedFormat) return false;
    // Of a picture in an archive the archive is looked for.
    return isAwayPath(file.path) || !existsSync(file.path.replace(/!\/.*$/s, ""));
  }).length;
}
