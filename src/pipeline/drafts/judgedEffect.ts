import type { Codebook } from "../../codebook/codebook.ts";
import type { Judgement } from "../../store/judgements.ts";
import type { Run } from "../../store/runStore.ts";
import type { JudgedEffect } from "./draftReport.ts";
import type { Comparison } from "./draftScores.ts";

/** What is known of a unit's right category, by name. */
interface Truth {
  readonly name: string;
  /** False: only that it is not this one. */
  readonly isThis: boolean;
}

/** What counts judgements. */
export interface JudgedSpec {
  readonly run: Pick<Run, "id">;
  readonly comparison: Comparison;
  /** Of all runs, the oldest first. */
  readonly judgements: readonly Judgement[];
  readonly codebookOf: (runId: number) => Codebook | undefined;
}

/**
 * What a draft does to units that people have judged: in the run itself, else the same picture of the same unit in another
 * run. Where several have judged one, the newest counts. undefined where nobody has.
 */
export function judgedEffect(spec: JudgedSpec): JudgedEffect | undefined {
  const { run, draft, match, before, after } = spec.comparison;
  const indexInRun = new Map(run.categories.map(({ name }, index) => [name, index]));
  let judged = 0;
  let rightInRun = 0;
  let rightInDraft = 0;
  let unknownInDraft = 0;
  for (const [unit, { name, isThis }] of truthsOf(spec)) {
    const inRun = indexInRun.get(name);
    const said = before.categories[unit];
    const says = after.categories[unit];
    // A category that the run did not have, the draft may have.
    const inDraft =
      inRun === undefined
        ? draft.categories.findIndex((category) => category.name === name)
        : (match.categoryInDraft[inRun] as number);
    if (isThis) {
      judged += 1;
      if (said === inRun) rightInRun += 1;
      if (says === inDraft) rightInDraft += 1;
    } else if (said === inRun) {
      judged += 1;
      if (says !== inDraft) unknownInDraft += 1;
    }
  }
  return judged === 0 ? undefined : { judged, rightInRun, rightInDraft, unknownInDraft };
}

/** By the unit's index among the classified ones. */
function truthsOf({ run, comparison, judgements, codebookOf }: JudgedSpec): ReadonlyMap<number, Truth> {
  const { before } = comparison;
  const truths = new Map<number, Truth>();
  const own = judgements.filter(({ runId }) => runId === run.id);
  const others = judgements.filter(({ runId }) => runId !== run.id);
  const add = (unit: number, judgement: Judgement) => {
    const truth = maybeTruth(judgement, codebookOf);
    if (truth !== undefined) truths.set(unit, truth);
  };
  if (others.length > 0) {
    const unitAt = new Map(Array.from(before.unitIds, (unitId, index) => [unitId, index]));
    for (const judgement of others) {
      const unit = unitAt.get(judgement.unitId);
      // A file may have another content by now: nobody has judged that.
      if (unit !== undefined && before.imageIds[unit] === judgement.imageId) add(unit, judgement);
    }
  }
  // Those of the run itself come last, and so count.
  const positionAt = new Map(own.map(({ position }) => [position, -1]));
  before.positions.forEach((position, index) => {
    if (positionAt.has(position)) positionAt.set(position, index);
  });
  for (const judgement of own) add(positionAt.get(judgement.position) as number, judgement);
  return truths;
}

function maybeTruth(
  { runId, category, isRight, correctCategory }: Judgement,
  codebookOf: JudgedSpec["codebookOf"],
): Truth | undefined {
  if (!isRight && correctCategory !== undefined) return { name: correctCategory, isThis: true };
  const name = codebookOf(runId)?.categories[category]?.name;
  return name === undefined ? undefined : { name, isThis: isRight };
}
