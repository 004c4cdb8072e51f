const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** A count with narrow no-break spaces between the thousands (ISO 80000-1): `14 200`. */
export function formatCount(count: number): string {
  return grouped.format(finite(count)).replaceAll(",", "\u202f");
}

/** A share 0..1 with one decimal; never `0.0%` for something or `100.0%` for less than all. */
export function formatPercent(share: number): string {
  return `${oneDecimal(finite(share) * 100, 100)}%`;
}

/** A share 0..1 in whole percent; never `0%` for something or `100%` for less than all. */
export function formatWholePercent(share: number): string {
  const percent = Math.round(finite(share) * 100);
  if (percent === 0 && share > 0) return "<1%";
  if (percent === 100 && share < 1) return ">99%";
  return `${percent}%`;
}

/** A difference of two probabilities 0..1 in percentage points. */
export function formatPoints(difference: number): string {
  const text = oneDecimal(finite(difference) * 100, 100);
  return `${text} ${text === "1.0" ? "point" : "points"}`;
}

/**
 * The calendar day of an ISO 8601 time as it is written there: `3 October 2026`.
 * @throws RangeError when the text does not begin with a date
 */
export function formatDay(isoTime: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(isoTime) ?? [];
  const monthName = MONTHS[Number(month) - 1];
  if (monthName === undefined) throw new RangeError(`not an ISO 8601 time: ${isoTime}`);
  return `${Number(day)} ${monthName} ${year}`;
}

function oneDecimal(value: number, most: number): string {
  const text = value.toFixed(1);
  if (value > 0 && text === "0.0") return "<0.1";
  if (value < most && text === most.toFixed(1)) return `>${(most - 0.1).toFixed(1)}`;
  return text;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`cannot print ${value} as a number`);
  return value;
}
