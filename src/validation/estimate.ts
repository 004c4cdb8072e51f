import type { Estimate } from "./evaluation.ts";

/** A figure that could not be estimated. @param why a sentence without a full stop */
export function notEstimable(why: string): Estimate {
  return { value: undefined, standardError: undefined, interval: undefined, method: undefined, why };
}

/** A figure with what is known of its precision. */
export function estimated(
  value: number,
  known: Partial<Pick<Estimate, "standardError" | "interval" | "method" | "why">> = {},
): Estimate {
  return {
    value,
    standardError: undefined,
    interval: undefined,
    method: undefined,
    why: undefined,
    ...known,
  };
}
