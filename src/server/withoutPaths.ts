/** Folders of a path that begins at the root, of POSIX or Windows; not the slashes within words, addresses or relative paths. */
const foldersOfPath =
  /(?<=^|[\s"'`([{<=,;])(?:file:\/\/)?(?:[A-Za-z]:[\\/]|\\\\|\/)(?:[^\s/\\:"'<>|]+[\\/])*(?=[^\s/\\:"'<>|])/gm;

/**
 * Takes out of a text where on this machine something lies, and leaves what it is called: names below known folders, and the last name
 * of any other path from the root.
 * @param folders absolute; those whose names have blanks are found only when they are given
 */
export function withoutPaths(text: string, folders: readonly string[]): string {
  let shorter = text;
  for (const folder of folders.filter((name) => name.length > 1).toSorted((a, b) => b.length - a.length)) {
    shorter = shorter.replaceAll(`${folder}/`, "").replaceAll(`${folder}\\`, "");
    shorter = shorter.replaceAll(folder, folder.split(/[\\/]/).at(-1) ?? "");
  }
  return shorter.replace(foldersOfPath, "");
}
