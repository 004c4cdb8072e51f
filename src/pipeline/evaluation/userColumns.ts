import { setImmediate as nextTurn } from "node:timers/promises";
import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import { cellText } from "../../tables/cell.ts";
import type { InputTable } from "../../tables/inputTable.ts";
import { maybeTableOfRun } from "../tableOfRun.ts";
import { type DatePart, datePartOf } from "./datePart.ts";

/** A column of the user's, one value per unit of a run, each distinct value kept once. */
export interface UserColumn {
  /** As it was asked for. */
  readonly name: string;
  /** Distinct texts in the order in which they first appear. */
  readonly values: readonly string[];
  /** For each position of the run, the value's place in `values`. `[units]` */
  readonly codes: Int32Array;
  /** Its texts are parts of dates; only here `noDate` stands for cells that are none. */
  readonly isDate: boolean;
  /** A sentence about cells that could not be read as a date. */
  readonly note: string | undefined;
}

/** For runs of folders and files: the part of the unit's name before the last slash. */
const folderColumn = "folder";

/** Names, or rows, between two of which other work gets its turn. */
const unitsPerTurn = 16_384;

/** Names of columns that an error lists. */
const mostListed = 30;

/** The value of a column at a position of the run. */
export function valueAt({ values, codes }: UserColumn, position: number): string {
  return values[codes[position] as number] as string;
}

/**
 * Reads columns of the table that a run classified, of which only the asked ones are kept. `month of COLUMN` and `year of COLUMN`
 * are parts of ISO 8601 dates; a run of folders and files has the column `folder` alone.
 * @throws UserError for a column that there is not, a table that is gone or changed, and dates of which none is an ISO date
 */
export async function readUserColumns(
  study: Study,
  run: Run,
  names: readonly string[],
): Promise<readonly UserColumn[]> {
  if (names.length === 0) return [];
  const found = await maybeTableOfRun(study, run);
  if (found === undefined) return folderColumns(study, run, names);
  if ("problem" in found) {
    throw new UserError(`the columns of ${found.name} cannot be read: ${found.problem}`, {
      hint: "put the table back as it was when it was classified",
    });
  }
  return tableColumns(study, run, found.table, names);
}

async function folderColumns(
  study: Study,
  run: Run,
  names: readonly string[],
): Promise<readonly UserColumn[]> {
  const unknown = names.find((name) => name !== folderColumn);
  if (unknown !== undefined) {
    throw new UserError(`run ${run.id} has no column "${unknown}": it classified folders or files`, {
      hint: `its only column is "${folderColumn}"; classify a table to have columns of your own`,
    });
  }
  const encoder = columnEncoder(folderColumn, study.units.count(run.id), false);
  for (let from = 0; from < encoder.codes.length; from += unitsPerTurn) {
    for (const [position, name] of study.units.names(run.id, from, unitsPerTurn))
      encoder.add(position, folderOf(name));
    await nextTurn();
  }
  return names.map(() => encoder.column());
}

/** `a/b` of `a/b/c.jpg`, `x.zip` of `x.zip!/c.jpg`; `.` where there is none. */
function folderOf(name: string): string {
  const end = name.lastIndexOf("/");
  if (end < 0) return ".";
  return end === 0 ? "/" : name.slice(0, end).replace(/!$/, "");
}

async function tableColumns(
  study: Study,
  run: Run,
  table: InputTable,
  names: readonly string[],
): Promise<readonly UserColumn[]> {
  const sources = names.map((name) => sourceOf(table, name));
  const encoders = names.map((name, i) =>
    columnEncoder(name, study.units.count(run.id), sources[i]?.part !== undefined),
  );
  for await (const { cells, number } of table.rows()) {
    for (const [i, { index, part }] of sources.entries()) {
      const text = cellText(cells[index]);
      encoders[i]?.add(number - 1, part === undefined ? text : datePartOf(text, part), text);
    }
    if (number % unitsPerTurn === 0) await nextTurn();
  }
  return encoders.map((encoder) => encoder.column());
}

interface ColumnSource {
  readonly index: number;
  readonly part: DatePart | undefined;
}

function sourceOf(table: InputTable, name: string): ColumnSource {
  const index = table.columns.indexOf(name);
  if (index >= 0) return { index, part: undefined };
  const [, part, column] = /^(month|year) of (.*)$/s.exec(name) ?? [];
  const dates = column === undefined ? -1 : table.columns.indexOf(column);
  if (dates >= 0) return { index: dates, part: part as DatePart };
  const listed = table.columns.slice(0, mostListed).map((known) => `"${known}"`);
  const rest = table.columns.length - listed.length;
  throw new UserError(`${table.path} has no column "${column ?? name}"`, {
    hint: `its columns are ${listed.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`,
  });
}

interface ColumnEncoder {
  readonly codes: Int32Array;
  /** @param value undefined: `source` is not empty and no date */
  add(position: number, value: string | undefined, source?: string): void;
  column(): UserColumn;
}

/** What stands for cells that are no dates. */
export const noDate = "(no date)";

function columnEncoder(name: string, count: number, isDate: boolean): ColumnEncoder {
  const codes = new Int32Array(count);
  const known = new Map<string, number>();
  let unread = 0;
  let example = "";
  return {
    codes,
    add: (position, value, source = "") => {
      if (value === undefined) {
        unread += 1;
        example ||= source;
      }
      const text = value ?? noDate;
      let code = known.get(text);
      if (code === undefined) {
        code = known.size;
        // A copy: a piece of a larger text would keep that one in memory.
        known.set(Buffer.from(text).toString(), code);
      }
      codes[position] = code;
    },
    column: () => {
      if (unread > 0 && [...known.keys()].every((value) => value === "" || value === noDate)) {
        throw new UserError(`"${name}": no cell is a date such as 2024-05-31, for example "${example}"`, {
          hint: "write dates as YYYY-MM-DD (ISO 8601) in the table and classify it again",
        });
      }
      const are = unread === 1 ? "1 cell is" : `${unread} cells are`;
      return {
        name,
        values: [...known.keys()],
        codes,
        isDate,
        note:
          unread === 0
            ? undefined
            : `"${name}": ${are} no date such as 2024-05-31, for example "${example}"; see "${noDate}"`,
      };
    },
  };
}
