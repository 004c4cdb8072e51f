/** The end of a path, which tells one picture from the next; the whole where it ends with a slash. */
export function fileName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1) || name;
}
