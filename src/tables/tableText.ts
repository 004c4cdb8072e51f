// A tab or a line's end, or a sign that begins a formula, also in full width and behind blanks, marks and apostrophes: programs
// differ in what they skip.
const runnable = /^'*(?:[\t\r\n]|[\s\p{Cf}\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20])/u;

/**
 * Text that a spreadsheet takes for text: what begins with `=`, `+`, `-`, `@`, a tab or a line's end could run as a formula, so
 * an apostrophe goes in front (OWASP, "CSV Injection"); in front of apostrophes, too, so that `withoutGuard` always gives the
 * text back. For text that Clipbook writes; the user's own cells are never touched.
 */
export function guardFormula(text: string): string {
  return runnable.test(text) ? `'${text}` : text;
}

/**
 * Text that UTF-8 can hold: half of a surrogate pair, which JSON can spell, becomes its JSON escape (`\ud83d`) instead of
 * the replacement character.
 */
export function wellFormedText(text: string): string {
  if (text.isWellFormed()) return text;
  return text.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

/** Undoes `guardFormula`, for text that comes back from a table that Clipbook wrote. */
export function withoutGuard(text: string): string {
  return text.startsWith("'") && runnable.test(text) ? text.slice(1) : text;
}
