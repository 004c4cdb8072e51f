import { UserError } from "../../errors.ts";
import type { Run } from "../../store/runStore.ts";
import { noDate, type UserColumn } from "./userColumns.ts";

/** A variable of a regression, as the user names it. */
export type RegressionTerm =
  /** Whether an image is of a category, 1 or 0. */
  | { readonly kind: "category"; readonly name: string; readonly category: number }
  /** A column of the user's; `isText`: its numbers are names. */
  | { readonly kind: "column"; readonly name: string; readonly isText: boolean };

/** What the parts of a regression read of a unit; the intercept is none. */
export type CovariatePart =
  | { readonly kind: "category"; readonly name: string; readonly category: number }
  /** By the codes of the column's values. */
  | {
      readonly kind: "column";
      readonly name: string;
      readonly column: UserColumn;
      readonly numbers: Float64Array;
    };

/** Values of a text column beyond which it is no list of groups. */
const mostGroups = 50;

/**
 * A variable from its text: `category:NAME`, `text:COLUMN` for a column whose numbers are names, else a column.
 * @throws UserError for a category that the run does not have
 */
export function parseTerm(run: Run, text: string): RegressionTerm {
  const [, prefix, name] = /^(category|text):(.*)$/s.exec(text) ?? [];
  if (prefix === undefined || name === undefined) return { kind: "column", name: text, isText: false };
  if (prefix === "text") return { kind: "column", name, isText: true };
  const category = run.codebook.categories.findIndex((candidate) => candidate.name === name);
  if (category >= 0) return { kind: "category", name: text, category };
  throw new UserError(`run ${run.id} has no category "${name}"`, {
    hint: `its categories are ${run.codebook.categories.map((known) => `"${known.name}"`).join(", ")}`,
  });
}

/** A term's columns in the regression, and the value that text columns are compared with. */
export interface ResolvedTerm {
  readonly parts: readonly CovariatePart[];
  readonly reference: string | undefined;
  /** By the codes of the column's values: which are empty. undefined for a category. */
  readonly isMissing: readonly boolean[] | undefined;
}

/**
 * What a term brings into a regression: a number as it is, a category's or a text's groups as 1 or 0, the first group in the order of
 * their characters being the one that the others are compared with.
 * @param missing texts that stand for no value, beside the empty one
 * @throws UserError for numbers beside other texts, texts that are too many to be groups, and a column without any value or with one only
 */
export function resolveTerm(
  term: RegressionTerm,
  columns: ReadonlyMap<string, UserColumn>,
  missing: readonly string[],
): ResolvedTerm {
  if (term.kind === "category") return { parts: [term], reference: undefined, isMissing: undefined };
  const column = columns.get(term.name);
  if (column === undefined) throw new RangeError(`column ${term.name} was not read`);
  const texts = column.values.map((value) => value.trim());
  const isMissing = texts.map(
    (text) => text === "" || (column.isDate && text === noDate) || missing.includes(text),
  );
  const present = [...new Set(texts.filter((_, code) => !isMissing[code]))].sort();
  if (present.length === 0) {
    throw new UserError(`column "${column.name}" has no value`, { hint: "leave it out of the regression" });
  }
  const [reference, ...others] = present;
  if (others.length === 0) {
    throw new UserError(`column "${column.name}" has the value "${reference}" only`, {
      hint: "leave it out: nothing can be compared",
    });
  }
  const noNumber = present.find((text) => maybeNumber(text) === undefined);
  if (noNumber === undefined && !term.isText) {
    const numbers = Float64Array.from(texts, (text, code) =>
      isMissing[code] ? Number.NaN : (maybeNumber(text) as number),
    );
    return {
      parts: [{ kind: "column", name: column.name, column, numbers }],
      reference: undefined,
      isMissing,
    };
  }
  if (noNumber !== undefined && !term.isText && present.some((text) => maybeNumber(text) !== undefined)) {
    throw new UserError(`column "${column.name}" has numbers, and "${noNumber}" is no number`, {
      hint: `write numbers with a point, say what stands for no value with --missing (as --missing NA), or take all as names of groups: "text:${column.name}"`,
    });
  }
  if (present.length > mostGroups) {
    throw new UserError(
      `column "${column.name}" has ${present.length} different values, too many for groups`,
      {
        hint: "join them in the table, or take a column of numbers",
      },
    );
  }
  return {
    parts: others.map((text) => ({
      kind: "column",
      name: `${column.name}: ${text}`,
      column,
      numbers: Float64Array.from(texts, (own) => Number(own === text)),
    })),
    reference,
    isMissing,
  };
}

/** A number as programs write it; undefined for `3,5`, `1 000`, `NA` and all else. */
function maybeNumber(text: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
