const start = "<!-- what npm run bench printed -->\n";
const end = "<!-- until here -->\n";

/**
 * A page with other results between its two marks.
 * @throws RangeError for a page without the marks
 */
export function insertResults(page: string, table: string): string {
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new RangeError("the page has no marks for the results");
  return `${page.slice(0, from + start.length)}\n${table}\n${page.slice(to)}`;
}
