/** A p-value behind its letter, without a leading zero: `= .013`, `< .001`; nothing that is not 1 is written as 1. */
export function pText(p: number): string {
  if (p < 0.001) return "< .001";
  if (p > 0.999) return p === 1 ? "= 1" : "> .999";
  return `= ${p.toFixed(3).replace(/^0/, "")}`;
}
