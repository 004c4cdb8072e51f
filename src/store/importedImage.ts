/** The format of an image that the study knows by an embedding from elsewhere only: it has no content to compare with. */
export const importedFormat = "imported";

/** How the path of a unit begins whose picture is not on this machine. */
const awayStart = "imported:";

/**
 * The path of a unit whose picture is not on this machine: in the order of rows, so that the index of paths grows at its end.
 * @param digest of the import, hexadecimal
 * @param position of the unit in the import, from 0
 */
export function awayPath(digest: string, position: number): string {
  return `${awayStart}${digest.slice(0, 16)}:${String(position).padStart(10, "0")}`;
}

/** Whether a unit's path says that its picture is not on this machine. */
export function isAwayPath(path: string): boolean {
  return path.startsWith(awayStart);
}
