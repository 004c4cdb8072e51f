/**
 * A page with another text between two marks.
 * @throws RangeError for a page without the marks
 */
export function insertBetween(page: string, start: string, end: string, text: string): string {
  const from = page.indexOf(start);
  const to = page.indexOf(end, from);
  if (from < 0 || to < from) throw new RangeError(`the page has no marks ${start.trim()} and ${end.trim()}`);
  return `${page.slice(0, from + start.length)}\n${text}\n${page.slice(to)}`;
}
