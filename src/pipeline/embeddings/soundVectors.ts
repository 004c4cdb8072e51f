import { UserError } from "../../errors.ts";
import type { VectorBlock } from "../../store/embeddingBlocks.ts";
import type { VectorRows } from "../../tables/vectorRows.ts";

/**
 * How far a squared length may be from 1: each number of a unit vector may be off by 2^-11 of itself in float16 (IEEE 754-2008,
 * binary16 has 11 digits), and the sum of squares by 2^-10.
 */
export const squaredLengthTolerance = 2 ** -10;

/** Vectors of one stored block. */
const rowsPerBlock = 256;

/** Vectors as they can be stored. */
export interface SoundVectors {
  /** With the row that each begins with. Where all rows of a block are zero there is nothing to store. */
  readonly blocks: readonly (VectorBlock & { readonly firstRow: number })[];
  /** How many were scaled to length 1. */
  readonly normalised: number;
  /** Rows that are zero, and so no direction. */
  readonly zeroRows: ReadonlySet<number>;
}

/**
 * Vectors of length 1 from vectors of any length. Those that have it, within float16's roundings, keep their bits (float64 becomes
 * float32); the others are scaled. `[n, dim]`
 * @param room for as many numbers, which is used where they are no float32; blocks may lie in it, or in `values`
 * @throws UserError for a number that is not finite, or too large for float32
 */
export function soundVectors(
  { numberType, count, dim, values }: VectorRows,
  placeOf: (row: number) => string,
  room: Float32Array = new Float32Array(values.length),
): SoundVectors {
  const rows = numberType === "float32" ? (values as Float32Array) : room.subarray(0, values.length);
  if (rows !== values) rows.set(values);
  const zeroRows = new Set<number>();
  const scaledRows = new Set<number>();
  for (let row = 0; row < count; row++) {
    const start = row * dim;
    let squares = 0;
    for (let i = start; i < start + dim; i++) squares += (rows[i] as number) * (rows[i] as number);
    if (Math.abs(squares - 1) <= squaredLengthTolerance) continue;
    if (!(squares < Number.POSITIVE_INFINITY)) throw notFinite(rows, start, dim, placeOf(row));
    if (squares === 0) {
      zeroRows.add(row);
      continue;
    }
    scaledRows.add(row);
    const length = Math.sqrt(squares);
    for (let i = start; i < start + dim; i++) rows[i] = (rows[i] as number) / length;
  }
  const blocks: SoundVectors["blocks"][number][] = [];
  for (let from = 0; from < count; from += rowsPerBlock) {
    const to = Math.min(count, from + rowsPerBlock);
    if (zeroRows.size > 0 && areAllIn(zeroRows, from, to)) continue;
    // What was scaled is no longer a number of float16.
    const areScaled = scaledRows.size > 0 && [...scaledRows].some((row) => row >= from && row < to);
    const kept = numberType === "float16" && !areScaled ? (values as Float16Array) : rows;
    const part = kept.subarray(from * dim, to * dim);
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    blocks.push({
      firstRow: from,
      count: to - from,
      numberType: kept === rows ? "float32" : "float16",
      bytes,
    });
  }
  return { blocks, normalised: scaledRows.size, zeroRows };
}

function areAllIn(rows: ReadonlySet<number>, from: number, to: number): boolean {
  for (let row = from; row < to; row++) if (!rows.has(row)) return false;
  return true;
}

function notFinite(rows: Float32Array, start: number, dim: number, place: string): UserError {
  const at = rows.subarray(start, start + dim).findIndex((number) => !Number.isFinite(number));
  const what = Number.isNaN(rows[start + at]) ? "not a number (NaN)" : "infinite, or too large for float32";
  return new UserError(`${place}: number ${at + 1} of the vector is ${what}`, {
    hint: "leave such vectors out, with their rows of the table, or compute them again",
  });
}
