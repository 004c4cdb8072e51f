import { type ParquetCell, parquetJson, parquetText } from "./parquetCell.ts";

/** A value of a JSON Lines table, kept as its JSON text: 19-digit integers, 1.0 and nested objects survive. */
export interface JsonCell {
  readonly json: string;
}

/**
 * One cell as its table holds it. Text: CSV, TSV, and Parquet's strings. Undefined: a Parquet null, or a key that a JSON
 * line does not have (a JSON null is a value).
 */
export type Cell = string | JsonCell | ParquetCell | undefined;

/**
 * The cell as text, for a file path or a CSV cell. Nothing and null are empty; numbers keep their digits; dates and times
 * are ISO 8601; lists and objects are JSON; bytes that are not text are base64.
 */
export function cellText(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "string") return cell;
  if ("json" in cell) return jsonText(cell.json);
  return parquetText(cell);
}

/** The cell as JSON text; undefined for a cell that is not there. Text stays text, so that ids do. */
export function cellJson(cell: Cell): string | undefined {
  if (cell === undefined) return undefined;
  if (typeof cell === "string") return JSON.stringify(cell);
  if ("json" in cell) return cell.json;
  return parquetJson(cell);
}

function jsonText(json: string): string {
  if (json === "null") return "";
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}
