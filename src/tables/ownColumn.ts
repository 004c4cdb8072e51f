/** A column that Clipbook writes behind the user's. */
export interface OwnColumn {
  readonly name: string;
  /** Text; a probability from 0 to 100, written with two decimals; an integer; or any finite number, written in full. */
  readonly kind: "text" | "probability" | "integer" | "number";
}

/** A cell of such a column; undefined is empty. */
export type OwnCell = string | number | undefined;

/**
 * Checks that a cell is what its column says, so that no NaN or misplaced value reaches a table.
 * @throws RangeError if it is not.
 */
export function checkOwnCell(cell: OwnCell, { name, kind }: OwnColumn): void {
  if (cell === undefined) return;
  if (!fits(cell, kind)) throw new RangeError(`column "${name}" takes ${kind}, not ${JSON.stringify(cell)}`);
}

function fits(cell: string | number, kind: OwnColumn["kind"]): boolean {
  if (kind === "text" || typeof cell === "string") return kind === "text" && typeof cell === "string";
  if (kind === "number") return Number.isFinite(cell);
  return kind === "integer" ? Number.isSafeInteger(cell) : isProbability(cell);
}

/** A probability from 0 to 100 with two decimals, as in the table's text. */
export function probabilityText(probability: number): string {
  return Math.max(0, probability).toFixed(2);
}

/** Sums of probabilities stray from 0 and 100 by rounding; what two decimals do not show is no fault. */
function isProbability(cell: number): boolean {
  const shown = Number(cell.toFixed(2));
  return shown >= 0 && shown <= 100;
}
