import { InvalidArgumentError } from "commander";

/**
 * A parser for a whole number from `least` on: `Number` would take "" for 0 and let NaN through.
 * @throws InvalidArgumentError, which commander shows with the option's name
 */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text.trim()) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`it must be a whole number from ${least} on.`);
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
