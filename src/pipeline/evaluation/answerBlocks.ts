import { setImmediate as nextTurn } from "node:timers/promises";
import type { Study } from "../../store/openStudy.ts";
import type { RunAnswers } from "../../store/runAnswers.ts";

/** Answers that are read at once. */
const unitsPerBlock = 65_536;

/**
 * A run's answers from first to last, some at a time; between two blocks other work gets its turn.
 * @throws the signal's reason when aborted
 */
export async function* answerBlocks(
  study: Study,
  runId: number,
  signal?: AbortSignal,
): AsyncGenerator<RunAnswers> {
  for (let from = 0; ; ) {
    signal?.throwIfAborted();
    const block = study.answers.answersOf(runId, from, unitsPerBlock);
    const last = block.positions.at(-1);
    if (last === undefined) return;
    yield block;
    from = last + 1;
    await nextTurn();
  }
}
