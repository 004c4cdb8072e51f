import { UserError } from "../../errors.ts";
import { cellText } from "../../tables/cell.ts";
import type { InputRow, InputTable } from "../../tables/inputTable.ts";
import { openTable } from "../../tables/openTable.ts";
import { withoutGuard } from "../../tables/tableText.ts";
import { maybeAnswerOfWord } from "../../validation/answerWord.ts";
import type { CodingRole } from "../../validation/coding.ts";
import {
  type CodingsContext,
  type ReadCoding,
  type ReadCodings,
  requirePlace,
  unknownAnswer,
} from "./readCoding.ts";

const known = [
  "unit",
  "coder",
  "category",
  "note",
  "seconds",
  "sha256",
  "role",
  "answer",
  "coded_at",
] as const;
type Column = (typeof known)[number];

/**
 * Reads codings from a table in long format, one row for each coder and image: columns `unit` (the image's name as in the results
 * table, or its SHA-256), `coder`, `category`, and, where there are any, `note`, `seconds`, `role`, `answer`, `sha256` and `coded_at`
 * as `clipbook export codings` writes them. In `category` the words `unsure` and `uncodable` are answers, unless they are categories.
 * A row without a category is no coding.
 * @param onlyCoder who coded, where the table has no column `coder`
 * @throws UserError for columns that are missing, and the first row that is wrong
 */
export async function readCodingsTable(
  path: string,
  context: CodingsContext,
  onlyCoder: string | undefined,
): Promise<ReadCodings> {
  const table = await openTable(path);
  const at = columnsOf(table, onlyCoder);
  const codings: ReadCoding[] = [];
  let unanswered = 0;
  for await (const row of table.rows()) {
    const where = row.line === undefined ? `${path}, row ${row.number}` : `${path}:${row.line}`;
    const cell = (column: Column) => cellOf(row, at.get(column));
    const category = cell("category");
    const answer = cell("answer");
    if (category.trim() === "" && ["", "category"].includes(answer.trim())) {
      unanswered += 1;
      continue;
    }
    const coder = at.has("coder") ? withoutGuard(cell("coder")) : (onlyCoder as string);
    if (coder.trim() === "") {
      throw new UserError(`${where}: nobody is named as the coder`, { hint: "fill in the column coder" });
    }
    codings.push({
      where,
      place: placeOf(context, cell("sha256"), cell("unit"), where),
      coder,
      role: roleOf(cell("role"), where),
      ...answerOf(context, answer.trim(), category, where),
      note: withoutGuard(cell("note")).toWellFormed(),
      seconds: secondsOf(cell("seconds"), table, where),
      codedAt: timeOf(cell("coded_at"), where),
    });
  }
  return { path, source: "csv", codings, unanswered };
}

/** Index of each known column, whatever its case. */
function columnsOf(table: InputTable, onlyCoder: string | undefined): ReadonlyMap<Column, number> {
  const names = table.columns.map((name) => name.trim().toLowerCase());
  const at = new Map(known.filter((name) => names.includes(name)).map((name) => [name, names.indexOf(name)]));
  const needed: Column[] = ["category"];
  if (!at.has("sha256")) needed.push("unit");
  if (onlyCoder === undefined) needed.push("coder");
  const missing = needed.find((name) => !at.has(name));
  if (missing === undefined) return at;
  const more = missing === "coder" ? ", or name the coder with --coder" : "";
  throw new UserError(`${table.path}: there is no column "${missing}"`, {
    hint: `the first row has to name unit, coder, category, note, seconds${more}`,
  });
}

function cellOf(row: InputRow, index: number | undefined): string {
  return index === undefined ? "" : cellText(row.cells[index]);
}

function placeOf(context: CodingsContext, sha256: string, unit: string, where: string): number {
  if (sha256.trim() !== "") return requirePlace(context, sha256.trim(), where);
  const found = context.find(unit);
  return "place" in found ? found.place : requirePlace(context, withoutGuard(unit), where);
}

function answerOf(
  context: CodingsContext,
  answer: string,
  category: string,
  where: string,
): Pick<ReadCoding, "answer" | "value"> {
  if (answer === "unsure" || answer === "uncodable") return { answer, value: undefined };
  if (answer === "withdrawn") {
    throw new UserError(`${where}: a coding that was taken back`, {
      hint: "export the codings without --history: only what stands is imported",
    });
  }
  if (answer !== "" && answer !== "category") {
    throw new UserError(`${where}: ${JSON.stringify(answer)} is no answer`, {
      hint: "the column answer has category, unsure or uncodable; it may be left out",
    });
  }
  const found =
    maybeAnswerOfWord(category, context.categories) ??
    maybeAnswerOfWord(withoutGuard(category), context.categories);
  if (found === undefined) throw unknownAnswer(context, category, where);
  return found;
}

function roleOf(text: string, where: string): CodingRole {
  const role = text.trim().toLowerCase();
  if (role === "" || role === "coder") return "coder";
  if (role === "adjudicator") return role;
  throw new UserError(`${where}: ${JSON.stringify(text)} is no role`, { hint: "write coder or adjudicator" });
}

function secondsOf(text: string, table: InputTable, where: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  // Where semicolons separate the cells, a comma separates the decimals.
  const isSemicolon = table.format.kind === "csv" && table.format.delimiter === ";";
  const plain = isSemicolon ? trimmed.replace(",", ".") : trimmed;
  if (/^\d{1,15}(\.\d*)?$/.test(plain)) return Number(plain);
  throw new UserError(`${where}: ${JSON.stringify(text)} is no number of seconds`, {
    hint: "write a number such as 4.5, or leave the cell empty",
  });
}

function timeOf(text: string, where: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const isIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(trimmed);
  if (isIso && !Number.isNaN(Date.parse(trimmed))) return new Date(trimmed).toISOString();
  throw new UserError(`${where}: ${JSON.stringify(text)} is no time`, {
    hint: "write it as 2026-05-01T08:00:00Z, or leave the cell empty",
  });
}
