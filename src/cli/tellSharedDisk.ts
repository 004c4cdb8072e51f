import type { Study } from "../store/openStudy.ts";
import type { Terminal } from "./terminal.ts";

/** Says on stderr that a study lies on a disk to which other machines can write, if it does. */
export function tellSharedDisk({ sharedDisk }: Study, { stderr }: Terminal): void {
  if (sharedDisk === undefined) return;
  stderr(
    `note: the study lies on a disk that other machines may write to (${sharedDisk}): it is written in a slower way that is safe there; use it from one machine at a time\n`,
  );
}
