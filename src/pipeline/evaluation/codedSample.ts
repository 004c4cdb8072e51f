import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Prediction, Run } from "../../store/runStore.ts";
import type { NamedMember, Sample } from "../../store/sampleStore.ts";
import { type Coding, categoryVariable } from "../../validation/coding.ts";
import { type GivenCode, type Gold, type GoldRule, goldOf } from "../../validation/goldStandard.ts";

/** A drawn image with what the coders said, what is true by the rule, and what the evaluated run says. */
export interface CodedImage {
  readonly member: NamedMember;
  /** Of coders; withdrawn ones are none. */
  readonly codes: readonly GivenCode[];
  readonly gold: Gold;
  /** Index of the true category in the run's codebook. */
  readonly trueCategory: number | undefined;
  /** undefined: the run has no prediction for the image. */
  readonly prediction: Prediction | undefined;
}

/** A sample with its codings, seen by a rule and a run. */
export interface CodedSample {
  readonly sample: Sample;
  readonly run: Run;
  /** The run that the sample was drawn from; the coders had its codebook. */
  readonly drawnFrom: Run;
  readonly rule: GoldRule;
  /** By name; adjudicators are none. */
  readonly coders: readonly string[];
  /** By place. */
  readonly images: readonly CodedImage[];
  /** The coders' standing codings, for times and sources. */
  readonly codings: readonly Coding[];
  readonly adjudications: readonly Coding[];
}

/**
 * Reads what is known of a sample's images.
 * @param rule by default the adjudication where there is one, else the majority, else the only coder
 * @throws UserError for a coder who coded nothing, and for codes that the run's codebook does not have
 */
export function readCodedSample(
  study: Study,
  sample: Sample,
  run: Run,
  wanted?: GoldRule | undefined,
): CodedSample {
  const drawnFrom = run.id === sample.runId ? run : study.runs.maybeGet(sample.runId);
  if (drawnFrom === undefined) throw new RangeError(`the study has no run ${sample.runId}`);
  const standing = study.codings
    .newest(sample.id)
    .filter(({ variable, answer }) => variable === categoryVariable && answer !== "withdrawn");
  const codings = standing.filter(({ role }) => role === "coder");
  const adjudications = new Map(
    standing.filter(({ role }) => role === "adjudicator").map((coding) => [coding.place, coding]),
  );
  const coders = [...new Set(codings.map(({ coder }) => coder))].sort();
  const rule = wanted ?? defaultRule(coders, adjudications.size > 0);
  requireCoder(sample, rule, coders);
  const byPlace = Map.groupBy(codings, ({ place }) => place);
  const members = study.samples.members(sample.id);
  const predictions = study.samples.predictionsOf(
    run.id,
    members.map(({ imageId }) => imageId),
  );
  const indices = new Map(run.codebook.categories.map(({ name }, index) => [name, index]));
  const images = members.map((member): CodedImage => {
    const codes = (byPlace.get(member.place) ?? []).map(toCode);
    const adjudication = adjudications.get(member.place);
    const gold = goldOf(codes, adjudication && toCode(adjudication), rule);
    return {
      member,
      codes,
      gold,
      trueCategory: "category" in gold ? categoryIndex(indices, gold.category, sample, run) : undefined,
      prediction: predictions.get(member.imageId),
    };
  });
  const adjudicated = [...adjudications.values()];
  return { sample, run, drawnFrom, rule, coders, images, codings, adjudications: adjudicated };
}

function defaultRule(coders: readonly string[], isAdjudicated: boolean): GoldRule {
  const [only, ...others] = coders;
  if (only !== undefined && others.length === 0) return { kind: "coder", coder: only };
  return { kind: isAdjudicated ? "adjudicated" : "majority" };
}

function requireCoder(sample: Sample, rule: GoldRule, coders: readonly string[]): void {
  if (rule.kind !== "coder" || coders.includes(rule.coder)) return;
  throw new UserError(`nobody called "${rule.coder}" has coded sample "${sample.name}"`, {
    hint: coders.length === 0 ? "nothing is coded yet" : `its coders are ${coders.join(", ")}`,
  });
}

function toCode({ coder, answer, value }: Coding): GivenCode {
  return { coder, answer: answer as GivenCode["answer"], value };
}

function categoryIndex(indices: ReadonlyMap<string, number>, name: string, sample: Sample, run: Run): number {
  const index = indices.get(name);
  if (index !== undefined) return index;
  throw new UserError(
    `sample "${sample.name}" has images of "${name}", a category that run ${run.id} lacks`,
    {
      hint: `evaluate a run whose codebook has the categories that were coded, as run ${sample.runId}`,
    },
  );
}
