import type { RegressionRow } from "../../stats/regression/regressionRow.ts";
import type { CodedSample } from "./codedSample.ts";
import type { FrameUnits } from "./readFrameUnits.ts";
import type { CovariatePart, ResolvedTerm } from "./regressionTerms.ts";
import { responseDesign } from "./responseDesign.ts";
import { noDate, type UserColumn } from "./userColumns.ts";

/** Classified units that a regression left out. */
export interface LeftUnits {
  /** Their image could not be drawn. */
  readonly outsideFrame: number;
  /** A cell of theirs is empty. */
  readonly missing: number;
  /** By column; a unit may lack several. */
  readonly missingByColumn: readonly { readonly column: string; readonly units: number }[];
}

/** The resolved variables of a regression. */
export interface RowSource {
  /** Texts that stand for no value, beside the empty one. */
  readonly missing: readonly string[];
  readonly outcome: ResolvedTerm;
  readonly on: readonly ResolvedTerm[];
  readonly outcomePart: CovariatePart;
  readonly parts: readonly CovariatePart[];
  readonly cluster: UserColumn | undefined;
}

/** A regression's rows, one for each unit that is used, in the run's order. */
export interface RegressionRows {
  readonly positions: readonly number[];
  readonly imageIds: readonly number[];
  readonly predicted: readonly RegressionRow[];
  readonly gold: readonly (RegressionRow | undefined)[];
  readonly probabilities: readonly number[];
  readonly left: LeftUnits;
}

/**
 * The rows of all classified units whose image could be drawn and that have a value in every column. Rows of coded images
 * have the true category beside the predicted one, and the inclusion probability in which answered images stand for those without an answer.
 */
export function regressionRows(coded: CodedSample, frame: FrameUnits, source: RowSource): RegressionRows {
  const response = responseDesign(coded, "process");
  const places = new Map(response.images.map(({ member }, place) => [member.imageId, place]));
  const checks = missingChecks(source);
  const rows = {
    positions: [] as number[],
    imageIds: [] as number[],
    predicted: [] as RegressionRow[],
    gold: [] as (RegressionRow | undefined)[],
    probabilities: [] as number[],
  };
  const lacking = checks.map(() => 0);
  let missing = 0;
  for (const [i, imageId] of frame.imageIds.entries()) {
    const position = frame.positions[i] as number;
    let isMissing = false;
    for (const [check, { column, isMissingCode }] of checks.entries()) {
      if (!isMissingCode[column.codes[position] as number]) continue;
      lacking[check] = (lacking[check] as number) + 1;
      isMissing = true;
    }
    if (isMissing) {
      missing += 1;
      continue;
    }
    const place = places.get(imageId);
    const rowOf = (category: number): RegressionRow => ({
      outcome: partValue(source.outcomePart, position, category),
      covariates: [1, ...source.parts.map((part) => partValue(part, position, category))],
    });
    rows.positions.push(position);
    rows.imageIds.push(imageId);
    rows.predicted.push(rowOf(frame.categories[i] as number));
    rows.gold.push(place === undefined ? undefined : rowOf(response.images[place]?.trueCategory as number));
    // Of an image that is not coded the probability plays no part.
    rows.probabilities.push(place === undefined ? 1 : 1 / (response.weights[place] as number));
  }
  return {
    ...rows,
    left: {
      outsideFrame: frame.outsideFrame,
      missing,
      missingByColumn: checks.flatMap(({ column }, check) =>
        (lacking[check] as number) > 0 ? [{ column: column.name, units: lacking[check] as number }] : [],
      ),
    },
  };
}

function partValue(part: CovariatePart, position: number, category: number): number {
  return part.kind === "category"
    ? Number(part.category === category)
    : (part.numbers[part.column.codes[position] as number] as number);
}

interface MissingCheck {
  readonly column: UserColumn;
  /** By the codes of its values. */
  readonly isMissingCode: readonly boolean[];
}

function missingChecks({ outcome, on, cluster, missing }: RowSource): readonly MissingCheck[] {
  const checks = new Map<UserColumn, readonly boolean[]>();
  for (const { parts, isMissing } of [outcome, ...on])
    for (const part of parts)
      if (part.kind === "column" && isMissing !== undefined) checks.set(part.column, isMissing);
  if (cluster !== undefined && !checks.has(cluster)) {
    const texts = ["", ...missing, ...(cluster.isDate ? [noDate] : [])];
    checks.set(
      cluster,
      cluster.values.map((value) => texts.includes(value.trim())),
    );
  }
  return [...checks].map(([column, isMissingCode]) => ({ column, isMissingCode }));
}
