/** What shells take as it is. */
const plain = /^[\p{L}\p{N}_./:@%+,=-]+$/u;

/**
 * A text as one word of a command that people copy into a shell (POSIX 1003.1, 2.2.2): names from elsewhere may hold what a shell would
 * run, also between double quotes.
 */
export function shellWord(text: string): string {
  return plain.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
