import { UserError } from "../../errors.ts";
import type { QueueSpec } from "../../review/queueSpec.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Verdict, VerdictSpec } from "../../store/reviewStore.ts";
import type { Run } from "../../store/runStore.ts";

/** A verdict as a reviewer gives it. */
export interface GivenVerdict extends Omit<VerdictSpec, "runId" | "queue"> {
  readonly queue: QueueSpec;
  /** Id of the reviewer's newest verdict on the unit that was known when this one was given; 0 for none. */
  readonly seen: number;
}

/**
 * Adds a verdict to the run that it judges; when this returns it is on the disk. Where the reviewer has judged the unit elsewhere
 * meanwhile, nothing is written and that verdict comes back as `newer`.
 * @throws UserError for a unit without a prediction, or a correct category that the run does not have or that is no correction
 */
export function recordVerdict(
  study: Study,
  run: Run,
  { queue, seen, ...given }: GivenVerdict,
): { readonly added: Verdict } | { readonly newer: Verdict } {
  const [unit] = study.reviews.units(run.id, [given.position]);
  if (unit === undefined) {
    throw new UserError(`run ${run.id} has no prediction at ${given.position}`, {
      hint: "reload the page",
    });
  }
  requireCorrection(run, unit.category, given);
  const verdict: VerdictSpec = { ...given, runId: run.id, queue: JSON.stringify(queue) };
  return study.transaction(() => study.reviews.add(verdict, seen), { onDisk: true });
}

function requireCorrection(
  run: Run,
  predicted: number,
  { verdict, correctCategory }: Pick<GivenVerdict, "verdict" | "correctCategory">,
): void {
  if (correctCategory === undefined) return;
  const correct = run.codebook.categories.findIndex(({ name }) => name === correctCategory);
  if (correct === -1) {
    throw new UserError(`run ${run.id} has no category "${correctCategory}"`, {
      hint: "choose one of its own",
    });
  }
  if (verdict !== "wrong" || correct === predicted) {
    throw new UserError("only a wrong prediction has another correct category", {
      hint: "judge the picture again",
    });
  }
}
