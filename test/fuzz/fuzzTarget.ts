/** Something that has to stand any bytes. */
export interface FuzzTarget {
  readonly name: string;
  /** Files that mutations begin with. */
  readonly seeds: readonly Uint8Array[];
  /** Pieces that mutations insert: what means something to this target. Bytes where it is no UTF-8. */
  readonly tokens: readonly (string | Uint8Array)[];
  /** A case made anew, from a whole number. */
  generate?(seed: number): Uint8Array;
  /** Reads the bytes. @throws whatever is wrong with how they were read; bytes that are refused as they should be are no fault */
  check(bytes: Uint8Array): void | Promise<void>;
}
