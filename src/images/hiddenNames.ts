/** Folders that hold a program's files, not a researcher's pictures. */
const skippedFolders = new Set(["node_modules", "__pycache__", "__MACOSX"]);

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
