import type { SchemaElement } from "hyparquet";

/** ISO 8601 date of a number of days since 1970-01-01. */
export function dateText(days: number): string {
  const date = new Date(days * 86_400_000);
  // JavaScript's dates end in the year 275760; past that the stored number is all there is to say.
  return Number.isNaN(date.getTime()) ? String(days) : (date.toISOString().split("T")[0] as string);
}

/** ISO 8601 date and time of a count since 1970-01-01, with `Z` if the column says that it is in UTC. */
export function timestampText(count: bigint, element: SchemaElement): string {
  const { type, logical_type: logical } = element;
  const digits = fractionDigits(element);
  const seconds = floorDivide(count, 10n ** BigInt(digits));
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return String(count);
  const fraction = fractionText(count - seconds * 10n ** BigInt(digits), digits);
  const utc = logical?.type === "TIMESTAMP" ? logical.isAdjustedToUTC : type !== "INT96";
  return `${date.toISOString().slice(0, -".000Z".length)}${fraction}${utc ? "Z" : ""}`;
}

/** Time of day, HH:MM:SS with the fraction if there is one. */
export function timeText(count: bigint, element: SchemaElement): string {
  const digits = fractionDigits(element);
  const seconds = floorDivide(count, 10n ** BigInt(digits));
  const fields = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n];
  const clock = fields.map((field) => String(field).padStart(2, "0")).join(":");
  return clock + fractionText(count - seconds * 10n ** BigInt(digits), digits);
}

/** 3 for milliseconds, 6 for microseconds, 9 for nanoseconds. */
function fractionDigits({
  type,
  converted_type: converted,
  logical_type: logical,
}: SchemaElement): 3 | 6 | 9 {
  if (type === "INT96") return 9;
  if (logical?.type === "TIMESTAMP" || logical?.type === "TIME") {
    return ({ MILLIS: 3, MICROS: 6, NANOS: 9 } as const)[logical.unit];
  }
  return converted?.endsWith("_MICROS") ? 6 : 3;
}

/** Three, six or nine digits, as many as there is something to say. */
function fractionText(fraction: bigint, digits: number): string {
  return fraction === 0n
    ? ""
    : `.${String(fraction)
        .padStart(digits, "0")
        .replace(/(000)+$/, "")}`;
}

function floorDivide(count: bigint, divisor: bigint): bigint {
  const quotient = count / divisor;
  return count < 0n && quotient * divisor !== count ? quotient - 1n : quotient;
}
