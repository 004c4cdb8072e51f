import { UserError } from "../errors.ts";
import { numberBytes, type VectorNumberType } from "./npyHeader.ts";

/** Some vectors of a file, as its numbers are written. */
export interface VectorRows {
  readonly numberType: VectorNumberType;
  readonly count: number;
  readonly dim: number;
  /** `[count, dim]`; float16 as `Float16Array`. */
  readonly values: Float16Array | Float32Array | Float64Array;
}

/** Vectors from little-endian bytes `[count, dim]`, which are taken over. @throws RangeError for bytes that make no whole rows */
export function vectorRows(numberType: VectorNumberType, bytes: Uint8Array, dim: number): VectorRows {
  const count = bytes.length / numberBytes[numberType] / dim;
  if (!Number.isInteger(count)) throw new RangeError(`${bytes.length} bytes make no rows of ${dim}`);
  const whole = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const at = [whole.buffer as ArrayBuffer, whole.byteOffset, count * dim] as const;
  const values =
    numberType === "float16"
      ? new Float16Array(...at)
      : numberType === "float32"
        ? new Float32Array(...at)
        : new Float64Array(...at);
  return { numberType, count, dim, values };
}

/** The error for a file that changed under the reader's hands. */
export function cutWhileRead(path: string): UserError {
  return new UserError(`${path}: the file became shorter while Clipbook was reading it`, {
    hint: "run again when nothing writes to it",
  });
}
