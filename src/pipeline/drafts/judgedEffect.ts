import type { Codebook } from "../../codebook/codebook.ts";
import type { Run } from "../../store/runStore.ts";
import type { Judgement } from "../../store/standingVerdicts.ts";
import type { JudgedEffect } from "./draftReport.ts";
import type { Comparison } from "./draftScores.ts";
import { isSameByPhrases } from "./isSameByPhrases.ts";

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
    // A category that neither of them has can say nothing about either.
    if (inRun === undefined && inDraft === -1) continue;
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
    const truth = maybeTruth(judgement, codebookOf(judgement.runId), comparison.run);
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
  { category, isRight, correctCategory }: Judgement,
  judged: Codebook | undefined,
  run: Codebook,
): Truth | undefined {
  const isCorrected = !isRight && correctCategory !== undefined;
  const name = isCorrected ? correctCategory : judged?.categories[category]?.name;
  if (name === undefined) return undefined;
  return { name: nameInRun(name, judged, run), isThis: isRight || isCorrected };
}

/** What a category of the codebook that was judged is called in the run: its own name, or where it was renamed, by its phrases. */
function nameInRun(name: string, judged: Codebook | undefined, run: Codebook): string {
  if (run.categories.some((category) => category.name === name)) return name;
  const phrases = judged?.categories.find((category) => category.name === name)?.phrases;
  const isKept = (other: string) => judged?.categories.some((category) => category.name === other);
  const renamed =
    phrases &&
    run.categories.find((category) => !isKept(category.name) && isSameByPhrases(phrases, category.phrases));
  return renamed?.name ?? name;
}
