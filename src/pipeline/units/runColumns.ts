import { setImmediate as nextTurn } from "node:timers/promises";
import type { Study } from "../../store/openStudy.ts";

/** Units that are read from the study at once. */
const unitsPerBlock = 16_384;

/** What the units of a run are sorted and filtered by, column by column: 24 bytes a unit. Units stand at their positions. */
export interface RunColumns {
  /** Units, and so the last position plus one. */
  readonly count: number;
  /** Indices into the codebook's; -1 where the unit has failed. `[count]` */
  readonly categories: Int32Array;
  readonly phrases: Int32Array;
  /** 0..1; NaN where the unit has failed. `[count]` */
  readonly probabilities: Float64Array;
  /** How far the runner-up is behind, 0..1; NaN where there is none. `[count]` */
  readonly margins: Float64Array;
}

/** Reads the columns of a completed run. */
export async function loadRunColumns(study: Study, runId: number): Promise<RunColumns> {
  const columns = emptyColumns(study.units.count(runId));
  let from = 0;
  for (;;) {
    const rows = study.units.columns(runId, from, unitsPerBlock);
    const last = rows.at(-1);
    if (last === undefined) break;
    for (const [position, category, phrase, probability, runnerUp] of rows) {
      columns.categories[position] = category ?? -1;
      columns.phrases[position] = phrase ?? -1;
      columns.probabilities[position] = probability ?? Number.NaN;
      columns.margins[position] =
        probability === null || runnerUp === null ? Number.NaN : Math.max(0, probability - runnerUp);
    }
    from += rows.length;
    if (last[0] !== from - 1)
      throw new RangeError(`run ${runId} has no unit at some position before ${last[0]}`);
    // Other requests get their turn.
    await nextTurn();
  }
  return columns;
}

function emptyColumns(count: number): RunColumns {
  return {
    count,
    categories: new Int32Array(count),
    phrases: new Int32Array(count),
    probabilities: new Float64Array(count),
    margins: new Float64Array(count),
  };
}
