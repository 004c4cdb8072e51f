import { dirname } from "node:path";
import { ImageFailure } from "./imageFailure.ts";

/** Whether what a link leads to may be read. @param realPath free of symbolic links */
export type PlaceRule = (realPath: string) => boolean;

/** What a unit says whose link was not followed: pictures often lie elsewhere, so that it has to say how. */
export const outsideLinkSentence =
  "the symbolic link leads out of the input folder: give --follow-outside to follow it";

/** The rule for links when they must stay in the folders that are classified. @param folders free of symbolic links */
export function insideInputs(folders: readonly string[]): PlaceRule {
  const inputs = new Set(folders);
  return (realPath) => {
    for (let place = realPath, inner = ""; place !== inner; inner = place, place = dirname(place)) {
      if (inputs.has(place)) return true;
    }
    return false;
  };
}

/** The failure of a link that leads out of the inputs. */
export function outsideLink(): ImageFailure {
  return new ImageFailure("not_a_regular_file", outsideLinkSentence);
}
