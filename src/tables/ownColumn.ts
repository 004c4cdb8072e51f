/** A column that Clipbook writes behind the user's. */
export interface OwnColumn {
  readonly name: string;
  /** Text; a probability from 0 to 100, written with two decimals; or an integer. */
  readonly kind: "text" | "probability" | "integer";
}

/** A cell of such a column; undefined is empty. */
export type OwnCell = string | number | undefined;

/**
 * Checks that a cell is what its column says, so that no NaN or misplaced value reaches a table.
 * @throws RangeError if it is not.
 */
export function checkOwnCell(cell: OwnCell, { name, kind }: OwnColumn): void {
  if (cell === undefined) return;
  const fits =
    kind === "text"
      ? typeof cell === "string"
      : typeof cell === "number" &&
        (kind === "integer" ? Number.isSafeInteger(cell) : cell >= 0 && cell <= 100);
  if (!fits) throw new RangeError(`column "${name}" takes ${kind}, not ${JSON.stringify(cell)}`);
}

/** A probability from 0 to 100 with two decimals, as in the table's text. */
export function probabilityText(probability: number): string {
  return probability.toFixed(2);
}
