import { UserError } from "../../errors.ts";
import type { Sample } from "../../store/sampleStore.ts";

/** @throws UserError for a training round: only the app tells the right answers, and keeps the first ones */
export function requireNoTraining(sample: Sample): void {
  if (sample.purpose !== "training") return;
  throw new UserError(
    `sample "${sample.name}" is a training round: the right answers are told, and the first answer stays`,
    { hint: "train in the app: clipbook serve" },
  );
}
