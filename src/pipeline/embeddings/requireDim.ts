import { UserError } from "../../errors.ts";
import type { VectorNumberType } from "../../tables/npyHeader.ts";

/** @throws UserError for vectors that cannot be the encoder's, because they have another number of numbers */
export function requireDim(path: string, dim: number, encoderDim: number): void {
  if (dim === encoderDim) return;
  throw new UserError(`${path}: its vectors have ${dim} numbers, and the encoder's have ${encoderDim}`, {
    hint: "name the encoder that made them with --encoder: a name of clipbook models, or a folder",
  });
}

/** The widest of some kinds of floats. */
export function widestType(types: readonly VectorNumberType[]): VectorNumberType {
  return types.find((type) => type === "float64") ?? types.find((type) => type === "float32") ?? "float16";
}
