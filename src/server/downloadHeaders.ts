/** Headers of a file to be saved. @param name ASCII letters, digits, dots and dashes; nothing of the user's */
export function downloadHeaders(name: string, mimeType: string): Readonly<Record<string, string>> {
  if (!/^[\w.-]+$/.test(name)) throw new RangeError(`${name} is no plain file name`);
  return { "Content-Type": mimeType, "Content-Disposition": `attachment; filename="${name}"` };
}
