import { setImmediate as nextTurn } from "node:timers/promises";
import { foldCase } from "../../codebook/foldCase.ts";
import type { Study } from "../../store/openStudy.ts";

/** Names that are read from the study at once. */
const namesPerBlock = 16_384;

/** Which units of a run have a text in their names, whatever its case: 1 at their positions. `[count]` */
export async function matchNames(
  study: Study,
  runId: number,
  count: number,
  text: string,
): Promise<Uint8Array> {
  const wanted = foldCase(text);
  const matches = new Uint8Array(count);
  for (let from = 0; from < count; from += namesPerBlock) {
    for (const [position, name] of study.units.names(runId, from, namesPerBlock)) {
      if (foldCase(name).includes(wanted)) matches[position] = 1;
    }
    // Other requests get their turn.
    await nextTurn();
  }
  return matches;
}
