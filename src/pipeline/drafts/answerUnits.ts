import { setImmediate as nextTurn } from "node:timers/promises";
import type { Classifier } from "../../classify.ts";

/** Units that are answered before other requests get their turn: about 3 ms with 26 phrases. */
const unitsPerBlock = 4096;

/** A classifier's answers for many units. `[n]` each */
export interface UnitAnswers {
  readonly categories: Int32Array;
  readonly phrases: Int32Array;
  /** 0..1 */
  readonly probabilities: Float64Array;
}

/**
 * Answers from cosines that are known. `references x [n]` -> n answers, the same bits as a run stores
 * @throws the signal's reason when aborted
 */
export async function answerUnits(
  classifier: Classifier,
  columns: readonly Float32Array[],
  signal?: AbortSignal,
): Promise<UnitAnswers> {
  const count = columns[0]?.length ?? 0;
  const width = columns.length;
  const answers = {
    categories: new Int32Array(count),
    phrases: new Int32Array(count),
    probabilities: new Float64Array(count),
  };
  const rows = new Float32Array(Math.min(count, unitsPerBlock) * width);
  for (let from = 0; from < count; from += unitsPerBlock) {
    const height = Math.min(unitsPerBlock, count - from);
    columns.forEach((column, c) => {
      for (let i = 0; i < height; i++) rows[i * width + c] = column[from + i] as number;
    });
    classifier.answersOf(rows.subarray(0, height * width)).forEach(({ category, phrase, probability }, i) => {
      answers.categories[from + i] = category;
      answers.phrases[from + i] = phrase;
      answers.probabilities[from + i] = probability;
    });
    await nextTurn();
    signal?.throwIfAborted();
  }
  return answers;
}
