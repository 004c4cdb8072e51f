/** Sorts more names than should be in memory at once. Close it when done. */
export interface NameSorter {
  add(names: readonly (readonly [key: Uint8Array, kind: string])[]): void;
  /** All that were added, in the byte order of their keys. */
  sorted(): Iterable<readonly [key: Uint8Array, kind: string]>;
  /** All that were added, in any order. */
  unsorted(): Iterable<readonly [key: Uint8Array, kind: string]>;
  close(): void;
}
