import { jsonColumn, type ParquetColumn, typedColumn } from "./parquetColumn.ts";

/** Which kinds of JSON values a column has held so far, as bits; 0 is none but nulls. */
export type JsonKinds = number;

const text = 1;
const truth = 2;
/** An integer that a double holds exactly. */
const smallInteger = 4;
/** Any other integer that fits into 64 bits. */
const largeInteger = 8;
/** A number that a double gives back with the same digits. */
const fraction = 16;
/** Lists, objects, and numbers that no Parquet number holds. */
const other = 32;

const doubleDigits = 17; // as many as any double needs to be told from its neighbours (IEEE 754-2019, table 9.1)

/** The bit for one value, given as its JSON text. */
export function jsonKind(json: string): JsonKinds {
  const first = json[0];
  if (first === '"') return text;
  if (first === "n") return 0;
  if (first === "t" || first === "f") return truth;
  if (first === "{" || first === "[") return other;
  if (/^(0|-?[1-9]\d*)$/.test(json)) {
    if (Number.isSafeInteger(Number(json))) return smallInteger;
    return BigInt.asIntN(64, BigInt(json)) === BigInt(json) ? largeInteger : other;
  }
  const digits = json
    .replace(/[eE].*$/, "")
    .replace(/[-.]/g, "")
    .replace(/^0+/, "");
  return digits.length <= doubleDigits && Number.isFinite(Number(json)) ? fraction : other;
}

/** The Parquet column that holds values of all these kinds without loss; a mixture is kept as JSON text. */
export function jsonColumnType(name: string, kinds: JsonKinds): ParquetColumn {
  if ((kinds & ~text) === 0) return typedColumn(name, "text");
  if (kinds === truth) return typedColumn(name, "boolean");
  if ((kinds & ~(smallInteger | largeInteger)) === 0) return typedColumn(name, "integer");
  if ((kinds & ~(smallInteger | fraction)) === 0) return typedColumn(name, "float64");
  return jsonColumn(name);
}
