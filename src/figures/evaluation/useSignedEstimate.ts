import type { Estimate } from "../../validation/evaluation.ts";
import { estimateText } from "./estimateText.ts";
import { useNumberFormat } from "./numberFormat.ts";

/** Writes a difference of two scores with its sign and interval: `+0.04 [+0.01, +0.07]`. */
export function useSignedEstimate(): (difference: Estimate) => string {
  const { score } = useNumberFormat();
  const signed = (value: number) => {
    const size = score(Math.abs(value));
    // What is rounded to nothing has no sign.
    if (size === score(0)) return size;
    return `${value > 0 ? "+" : "−"}${size}`;
  };
  return (difference) => estimateText(difference, signed);
}
