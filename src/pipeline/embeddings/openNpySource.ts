import { UserError } from "../../errors.ts";
import { cellText } from "../../tables/cell.ts";
import { type InputTable, readSampleRows } from "../../tables/inputTable.ts";
import { type NpyFile, openNpy } from "../../tables/openNpy.ts";
import { openTable } from "../../tables/openTable.ts";
import { withoutGuard } from "../../tables/tableText.ts";
import { exportedColumns } from "./exportedColumns.ts";
import { findNameColumn } from "./findNameColumn.ts";
import { requireDim, widestType } from "./requireDim.ts";
import { rowsAtOnce } from "./rowsAtOnce.ts";
import type { NamedVectors, VectorLayout, VectorSource, VectorSourceOptions } from "./vectorSource.ts";

/** A file of vectors and the table whose rows belong to them, in order. */
export interface VectorPart {
  readonly npy: string;
  readonly table: string;
}

interface OpenedPart {
  readonly npy: NpyFile;
  readonly table: InputTable;
  readonly column: number;
}

/** Rows that are looked at to find the column that names the images. */
const sampleRows = 20;

/**
 * Opens `.npy` files with a table for each.
 * @throws UserError for vectors of another length than the encoder's, and a column of images that cannot be told
 */
export async function openNpySource(
  layout: VectorLayout,
  parts: readonly VectorPart[],
  options: VectorSourceOptions,
): Promise<VectorSource> {
  const opened: OpenedPart[] = [];
  let imageColumn = options.imageColumn;
  for (const part of parts) {
    const npy = await openNpy(part.npy);
    requireDim(part.npy, npy.dim, options.dim);
    const table = await openTable(part.table);
    const sample = await readSampleRows(table, sampleRows);
    const column = findNameColumn(part.table, table.columns, sample, imageColumn);
    imageColumn = table.columns[column];
    opened.push({ npy, table, column });
  }
  return {
    layout,
    files: parts.flatMap(({ npy, table }) => [npy, table]),
    numberType: widestType(opened.map(({ npy }) => npy.numberType)),
    dim: options.dim,
    count: opened.reduce((sum, { npy }) => sum + npy.rows, 0),
    imageColumn: imageColumn ?? "",
    async *rows(from) {
      let first = 0;
      for (const part of opened) {
        const end = first + part.npy.rows;
        // Also a part that is known already is compared with its table: whether the two fit is told at its end.
        if (end > from) yield* rowsOfPart(part, Math.max(0, from - first));
        first = end;
      }
    },
  };
}

async function* rowsOfPart({ npy, table, column }: OpenedPart, from: number): AsyncGenerator<NamedVectors> {
  const tableRows = table.rows()[Symbol.asyncIterator]();
  const isOwn = isExported(table);
  const nextName = async () => {
    const next = await tableRows.next();
    if (next.done) return undefined;
    const name = cellText(next.value.cells[column]);
    return isOwn ? withoutGuard(name) : name;
  };
  const uneven = (rows: number) =>
    new UserError(`${table.path}: the table has ${rows} rows, and ${npy.path} has ${npy.rows} vectors`, {
      hint: "the rows must belong to the vectors one by one: were they filtered or sorted apart?",
    });
  try {
    for (let row = 0; row < from; row++) if ((await nextName()) === undefined) throw uneven(row);
    let row = from;
    for await (const vectors of npy.vectors(from, rowsAtOnce)) {
      const names: string[] = [];
      for (let i = 0; i < vectors.count; i++) {
        const name = await nextName();
        if (name === undefined) throw uneven(row + i);
        names.push(name);
      }
      const start = row;
      row += vectors.count;
      if (row === npy.rows) await requireEnd(nextName, npy.rows, uneven);
      yield { vectors, names, placeOf: (index) => `${npy.path}: row ${start + index + 1}` };
    }
  } finally {
    await tableRows.return?.();
  }
}

async function requireEnd(
  nextName: () => Promise<string | undefined>,
  rows: number,
  uneven: (rows: number) => UserError,
): Promise<void> {
  let more = 0;
  while ((await nextName()) !== undefined) more++;
  if (more > 0) throw uneven(rows + more);
}

/** Whether Clipbook wrote the table: then names that look like formulas have an apostrophe in front. */
function isExported({ format, columns }: InputTable): boolean {
  const isText = format.kind === "csv" || format.kind === "tsv";
  return isText && columns.join() === exportedColumns.join();
}
