import { InvalidArgumentError } from "commander";

/**
 * A parser for a whole number from `least` to `most`: `Number` would take "" for 0 and let NaN through.
 * @throws InvalidArgumentError, which commander shows with the option's name
 */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text.trim()) || value < least || value > most) {
      const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
      throw new InvalidArgumentError(`it must be a whole number ${range}.`);
    }
    return value;
  };
}

/**
 * A parser for a finite number, greater than `above` where given.
 * @throws InvalidArgumentError
 */
export function finiteNumber(above = Number.NEGATIVE_INFINITY): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value) || value <= above) {
      throw new InvalidArgumentError(
        above === Number.NEGATIVE_INFINITY ? "it must be a number." : `it must be a number above ${above}.`,
      );
    }
    return value;
  };
}

/** A parser for a percentage above 1, up to 100: less is a share by mistake. @throws InvalidArgumentError */
export function percentage(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && value <= 100)) {
    throw new InvalidArgumentError("it must be a number above 0, up to 100.");
  }
  if (value <= 1) {
    throw new InvalidArgumentError(
      `it is a percentage, above 1: did you mean ${Number((value * 100).toPrecision(12))}?`,
    );
  }
  return value;
}

/** A parser for a text that is not empty or blank. @throws InvalidArgumentError */
export function notEmpty(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("it must not be empty.");
  return text;
}

/** A parser for a run's number, or `all`. @throws InvalidArgumentError */
export function runOrAll(text: string): number | "all" {
  if (text === "all") return text;
  if (/^\d{1,15}$/.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError("it must be the number of a run, or all.");
}

/** A parser for a share above 0, up to 1. @throws InvalidArgumentError */
export function shareAboveZero(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 1) return value;
  throw new InvalidArgumentError("it must be a share above 0, up to 1: 0.8.");
}
