/** Folders that hold a program's files, not a researcher's pictures. */
const skippedFolders = new Set(["node_modules", "__pycache__", "__MACOSX"]);

/**
 * A file that Clipbook leaves in a folder of pictures that it made itself. Such a folder is classified when it is named, and
 * not when it merely lies in one that is.
 */
export const ownFolderMarker = ".made-by-clipbook";

/** Whether a file or folder is left alone because its name begins with a dot. */
export function isHidden(name: string): boolean {
  return name.startsWith(".");
}

/** Whether a folder is left alone for its name. */
export function isSkippedFolder(name: string): boolean {
  return isHidden(name) || skippedFolders.has(name);
}

/** Whether the search leaves a file alone for its own name or that of a folder on the way. @param names from the top */
export function isLeftAlone(names: readonly string[]): boolean {
  return names.some((name, i) => (i === names.length - 1 ? isHidden(name) : isSkippedFolder(name)));
}
