import type { Evaluation } from "../../validation/evaluation.ts";

/** The sections of an evaluation, for a list of contents: ids in the page and short names. */
export function evaluationContents({
  warnings,
  groups,
  comparison,
}: Evaluation): readonly { readonly id: string; readonly name: string }[] {
  return [
    { id: "done", name: "What was done" },
    ...(warnings.length > 0 ? [{ id: "warnings", name: "Warnings" }] : []),
    { id: "reliability", name: "Agreement" },
    { id: "accuracy", name: "Accuracy" },
    { id: "matrix", name: "Confusions" },
    { id: "shares", name: "Shares" },
    { id: "calibration", name: "Probabilities" },
    ...(groups.length > 0 ? [{ id: "groups", name: "Groups" }] : []),
    ...(comparison === undefined ? [] : [{ id: "comparison", name: "Other codebook" }]),
    { id: "abstention", name: "Leaving out" },
    { id: "not-estimable", name: "Not estimable" },
    { id: "methods", name: "For your paper" },
  ];
}
