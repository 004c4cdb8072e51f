import { overlapCountText } from "../../validation/overlapText.ts";
import type { TellingOverlap } from "../samples/sampleOverlap.ts";

/** What a reader has to know of images that the evaluated sample shares with another one. */
export function overlapWarning({ name, images, why }: TellingOverlap): string {
  const shared = overlapCountText(images, false);
  return why === "sealed"
    ? `${shared} in the sealed sample "${name}", whose results nobody has looked at yet: these figures tell some of them.`
    : `${shared} in the training round "${name}" of coders of this sample, who were told the right answers.`;
}
