import type { Evaluation } from "../../validation/evaluation.ts";
import type { Citations } from "./citations.ts";

/** What the sentences of a methods paragraph are made of. */
export interface MethodsSubject {
  readonly evaluation: Omit<Evaluation, "methods">;
  readonly cite: Citations["cite"];
  readonly note: Citations["note"];
}
