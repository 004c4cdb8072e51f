import type { DrawnDesign } from "./drawnDesign.ts";

/** A design in words: `stratified by predicted category, at least 50 of each and the rest in proportion`. */
export function designText({ spec, strata }: Pick<DrawnDesign, "spec" | "strata">): string {
  if (strata.every(({ size, drawn }) => size === drawn)) return "all of them";
  switch (spec.kind) {
    case "simple":
      return "simple random sampling";
    case "stratified":
      return (
        `stratified by predicted category${spec.isSplit ? ", each split at its median probability" : ""}, ` +
        `at least ${spec.floor} of each and the rest in proportion`
      );
    case "uncertainty":
      return (
        "Poisson sampling with probabilities that rise with one minus the predicted probability " +
        `and are at least ${spec.least} times their mean`
      );
  }
}
