import type { DesignSpec } from "./sampleSpec.ts";

/** A design in words, for a list or a report: `stratified by predicted category, at least 50 of each`. */
export function designText(design: DesignSpec): string {
  switch (design.kind) {
    case "simple":
      return "simple random";
    case "stratified":
      return [
        `stratified by predicted category${design.isSplit ? ", each split at its median probability" : ""}`,
        ...(design.floor > 0 ? [`at least ${design.floor} of each`] : []),
      ].join(", ");
    case "uncertainty":
      return `the uncertain more often (Poisson, no image below ${design.least} of the mean probability)`;
  }
}
