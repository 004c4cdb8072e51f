/** The calendar day where the user is, `YYYY-MM-DD`: the day in file names is the user's, not Greenwich's. */
export function localDay(date: Date): string {
  return localIso(date).slice(0, 10);
}

/** ISO 8601 with the local offset, such as `2026-11-23T17:05:09+01:00`. */
export function localIso(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const pad = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${pad(offset / 60)}:${pad(offset % 60)}`;
}
