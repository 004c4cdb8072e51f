/** A part of a date that values are grouped by. */
export type DatePart = "month" | "year";

/**
 * The month, `2024-05`, or the year, `2024`, of a date of the calendar in ISO 8601's extended form, with or without a time, whose zone is
 * left as it is written: `2024-05-31`, `2024-05-31T10:20:30Z`, `2024-05-31 10:20`; also `2024-05`, and `2024` for a year.
 *
 * @returns the empty text for an empty cell; undefined for anything else, such as `31.05.2024`, which could be read in several ways
 */
export function datePartOf(text: string, part: DatePart): string | undefined {
  const cell = text.trim();
  if (cell === "") return "";
  const [, year, month, day] =
    /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z| ?[+-]\d{2}(?::?\d{2})?)?)?)?)?$/.exec(
      cell,
    ) ?? [];
  if (year === undefined || (month === undefined && part === "month")) return undefined;
  if (!isOfCalendar(Number(year), Number(month ?? 1), Number(day ?? 1))) return undefined;
  return part === "year" ? year : `${year}-${month}`;
}

function isOfCalendar(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
