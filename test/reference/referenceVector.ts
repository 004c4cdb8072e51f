import { readFileSync } from "node:fs";

/** Inputs of a statistic with the values that somebody else computed or printed for them. */
export interface ReferenceVector {
  readonly id: string;
  readonly statistic: string;
  /** `trap`: a wrong value that a well-known package gives. */
  readonly kind: "published" | "published-data" | "computed" | "trap";
  readonly source: string;
  // biome-ignore lint/suspicious/noExplicitAny: every statistic has inputs and values of its own form, which its check knows
  readonly inputs: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly expected: any;
  /** Absolute. */
  readonly tolerance?: number;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly [more: string]: any;
}

/** One number of a vector beside ours. */
export interface Comparison {
  readonly what: string;
  /** undefined: the statistic is not defined. */
  readonly actual: number | undefined;
  /** null: not defined. */
  readonly expected: number | null;
  /** Absolute. */
  readonly tolerance: number;
  /** The expected value is a wrong one: ours has to be further away than the tolerance. */
  readonly isTrap?: boolean;
}

/** Computes what a vector expects; `find` gives another vector that this one refers to. */
export type VectorCheck = (
  vector: ReferenceVector,
  find: (id: string) => ReferenceVector,
) => readonly Comparison[];

/** @throws Error for a file that cannot be read or has no vectors */
export function readVectors(file: string): readonly ReferenceVector[] {
  const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: readonly ReferenceVector[] };
  if (!(vectors.length > 0)) throw new Error(`${file} has no vectors`);
  return vectors;
}
