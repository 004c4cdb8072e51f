import { isAbsolute, relative, resolve } from "node:path";
import { awayPath } from "../../store/importedImage.ts";

const address = /^[a-z][a-z0-9+.-]+:/i;

/**
 * Where the picture of an imported vector may lie: an absolute name as it is, a relative one below the folder that was given. An
 * address, and a name that leads out of the folder, has none: nothing is ever fetched.
 */
export function importedPath(
  name: string,
  imagesFolder: string | undefined,
  digest: string,
  position: number,
): string {
  if (name !== "" && !address.test(name) && !name.includes("\0")) {
    if (isAbsolute(name)) return name;
    if (imagesFolder !== undefined) {
      const path = resolve(imagesFolder, name);
      const below = relative(resolve(imagesFolder), path);
      if (below !== "" && !below.startsWith("..") && !isAbsolute(below)) return path;
    }
  }
  return awayPath(digest, position);
}
