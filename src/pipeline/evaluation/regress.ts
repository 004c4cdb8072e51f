import { UserError } from "../../errors.ts";
import {
  designBasedSupervisedLearning,
  type SupervisedCoefficient,
} from "../../stats/designBasedSupervisedLearning.ts";
import type { RegressionModel } from "../../stats/regression/regressionRow.ts";
import type { Interval } from "../../stats/wilsonInterval.ts";
import type { CodedSample } from "./codedSample.ts";
import type { FrameUnits } from "./readFrameUnits.ts";
import { type LeftUnits, type RegressionRows, regressionRows } from "./regressionRows.ts";
import {
  type CovariatePart,
  type RegressionTerm,
  type ResolvedTerm,
  resolveTerm,
} from "./regressionTerms.ts";
import { responseDesign } from "./responseDesign.ts";
import type { UserColumn } from "./userColumns.ts";

/** A regression on the units of a run. */
export interface RegressionSpec {
  readonly outcome: RegressionTerm;
  readonly on: readonly RegressionTerm[];
  readonly model: RegressionModel;
  /** The column whose values say which units vary together. */
  readonly cluster?: string | undefined;
  /** Texts that stand for no value, beside the empty one. */
  readonly missing?: readonly string[] | undefined;
}

/** A coefficient with its two-sided test and 95% interval, which are undefined where nothing varies. */
export interface Coefficient {
  readonly estimate: number;
  readonly standardError: number | undefined;
  readonly z: number | undefined;
  readonly p: number | undefined;
  readonly interval: Interval | undefined;
}

/** What a regression found. */
export interface Regression {
  readonly model: RegressionModel;
  readonly outcome: string;
  /** The intercept first. `corrected` by the coded images, and `naive`: as if the predictions were true. */
  readonly terms: readonly {
    readonly name: string;
    readonly corrected: Coefficient;
    readonly naive: Coefficient;
  }[];
  /** Columns of groups with the group that the others are compared with. */
  readonly references: readonly { readonly column: string; readonly value: string }[];
  /** Units that were used. */
  readonly units: number;
  /** Those of them whose image is coded, and how many images these are. */
  readonly goldUnits: number;
  readonly goldImages: number;
  /** `column` undefined: the units that show the same image; undefined itself: each unit by itself. */
  readonly clusters: { readonly column: string | undefined; readonly count: number } | undefined;
  readonly left: LeftUnits;
  /** Sentences that a reader has to know. */
  readonly notes: readonly string[];
}

/** The columns that a regression reads. */
export function columnsOf({ outcome, on, cluster }: RegressionSpec): readonly string[] {
  const names = [outcome, ...on].flatMap((term) => (term.kind === "column" ? [term.name] : []));
  return [...new Set(cluster === undefined ? names : [...names, cluster])];
}

/**
 * Design-based supervised learning on the classified units whose image could be drawn: predictions, corrected by what the coders said of
 * the sample, with the inclusion probabilities in which the answered images stand for those without an answer. Units that show the same
 * image are a cluster, unless a column says which units vary together.
 * @param columns those of `columnsOf`, as they were read
 * @throws UserError for a regression without a category, columns that do not fit their part, and one that has no solution
 */
export function regress(
  coded: CodedSample,
  frame: FrameUnits,
  spec: RegressionSpec,
  columns: readonly UserColumn[],
): Regression {
  const { model, missing = [] } = spec;
  if (![spec.outcome, ...spec.on].some(({ kind }) => kind === "category")) {
    throw new UserError("regression: neither the outcome nor a covariate is a category", {
      hint: 'name one as "category:NAME"; what was not classified needs no correction',
    });
  }
  const byName = new Map(columns.map((column) => [column.name, column]));
  const outcome = resolveTerm(spec.outcome, byName, missing);
  const on = spec.on.map((term) => resolveTerm(term, byName, missing));
  const outcomePart = requireOutcome(spec, outcome);
  const parts = on.flatMap((term) => term.parts);
  const cluster = spec.cluster === undefined ? undefined : byName.get(spec.cluster);
  const rows = regressionRows(coded, frame, { missing, outcome, on, outcomePart, parts, cluster });
  const clusters = clustersOf(rows, cluster);
  const { predicted, gold, probabilities } = rows;
  if (predicted.length === 0) {
    throw new UserError("regression: no unit is left", { hint: "see which columns have empty cells" });
  }
  const corrected = designBasedSupervisedLearning({
    model,
    predicted,
    gold,
    probabilities,
    clusters: clusters?.ids,
  });
  // As if every prediction were a code: the first, coded for certain as itself, changes nothing.
  const naive = designBasedSupervisedLearning({
    model,
    predicted,
    gold: predicted.map((row, i) => (i === 0 ? row : undefined)),
    probabilities: predicted.map(() => 1),
    clusters: clusters?.ids,
  });
  return {
    model,
    outcome: spec.outcome.name,
    terms: ["(intercept)", ...parts.map(({ name }) => name)].map((name, i) => ({
      name,
      corrected: coefficientOf(corrected.coefficients[i] as SupervisedCoefficient),
      naive: coefficientOf(naive.coefficients[i] as SupervisedCoefficient),
    })),
    references: spec.on.flatMap(({ name: column }, i) => {
      const value = on[i]?.reference;
      return value === undefined ? [] : [{ column, value }];
    }),
    units: predicted.length,
    goldUnits: corrected.goldSize,
    goldImages: new Set(rows.imageIds.filter((_, i) => gold[i] !== undefined)).size,
    clusters: clusters && { column: cluster?.name, count: clusters.count },
    left: rows.left,
    notes: [...columns.flatMap(({ note }) => note ?? []), ...notesOf(coded, clusters, rows)],
  };
}

function requireOutcome(spec: RegressionSpec, { parts, reference }: ResolvedTerm): CovariatePart {
  const [part] = parts;
  if (part === undefined || reference !== undefined) {
    throw new UserError(`the outcome "${spec.outcome.name}" is not a number in all units`, {
      hint: 'take a column of numbers, or "category:NAME"',
    });
  }
  if (spec.model === "logistic" && part.kind === "column") {
    const outside = part.numbers.find((value) => value < 0 || value > 1);
    if (outside !== undefined) {
      throw new UserError(`the outcome "${part.name}" of a logistic regression is ${outside}`, {
        hint: "it must lie between 0 and 1; use --family linear",
      });
    }
  }
  return part;
}

interface Clusters {
  readonly ids: readonly number[];
  readonly count: number;
  /** Images that units of different clusters show. */
  readonly crossing: number;
}

function clustersOf(
  { positions, imageIds }: RegressionRows,
  column: UserColumn | undefined,
): Clusters | undefined {
  const images = new Set(imageIds);
  if (column === undefined)
    return images.size === imageIds.length ? undefined : { ids: imageIds, count: images.size, crossing: 0 };
  const ids = positions.map((position) => column.codes[position] as number);
  const clusterOfImage = new Map<number, number>();
  const crossing = new Set<number>();
  for (const [i, imageId] of imageIds.entries()) {
    const id = ids[i] as number;
    const known = clusterOfImage.get(imageId);
    if (known === undefined) clusterOfImage.set(imageId, id);
    else if (known !== id) crossing.add(imageId);
  }
  return { ids, count: new Set(ids).size, crossing: crossing.size };
}

/** Clusters below which the normal distribution's tests say too much; a usual rule of thumb, not a limit. */
const fewClusters = 40;

function notesOf(
  coded: CodedSample,
  clusters: Clusters | undefined,
  rows: RegressionRows,
): readonly string[] {
  const { uncovered } = responseDesign(coded, "process");
  const notes: string[] = [];
  const goldUnits = rows.gold.filter((row) => row !== undefined).length;
  if (uncovered.length > 0)
    notes.push(
      `${uncovered.length === 1 ? "one stratum has" : `${uncovered.length} strata have`} no coded image: predictions there stand uncorrected`,
    );
  if (coded.sample.runId !== coded.run.id)
    notes.push(
      `the sample was drawn from run ${coded.sample.runId}, and the predictions are those of run ${coded.run.id}`,
    );
  if (clusters !== undefined && clusters.crossing > 0)
    notes.push(
      `${clusters.crossing === 1 ? "one image is" : `${clusters.crossing} images are`} shown by units of different clusters, which are taken to be independent all the same`,
    );
  if (clusters !== undefined && clusters.count < fewClusters)
    notes.push(`there are ${clusters.count} clusters: with so few, intervals and p-values are too small`);
  if (goldUnits < 100) notes.push(`only ${goldUnits} units are coded: intervals rest on large samples`);
  return notes;
}

function coefficientOf({ estimate, standardError, test }: SupervisedCoefficient): Coefficient {
  return { estimate, standardError, z: test?.z, p: test?.pValue, interval: test?.interval };
}
