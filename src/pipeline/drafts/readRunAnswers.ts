import { setImmediate as nextTurn } from "node:timers/promises";
import type { Study } from "../../store/openStudy.ts";
import type { RunAnswers } from "../../store/runAnswers.ts";

/** Predictions that are read before other requests get their turn. */
const answersAtOnce = 16_384;

/** All answers of a run for its classified units, in its order. */
export async function readRunAnswers(study: Study, runId: number): Promise<RunAnswers> {
  const blocks: RunAnswers[] = [];
  for (let from = 0; ; ) {
    const block = study.answers.answersOf(runId, from, answersAtOnce);
    const last = block.positions.at(-1);
    if (last === undefined) break;
    blocks.push(block);
    from = last + 1;
    await nextTurn();
  }
  const length = blocks.reduce((sum, { positions }) => sum + positions.length, 0);
  const whole = (columnOf: (block: RunAnswers) => Int32Array) =>
    join(new Int32Array(length), blocks.map(columnOf));
  return {
    positions: whole((block) => block.positions),
    unitIds: whole((block) => block.unitIds),
    imageIds: whole((block) => block.imageIds),
    categories: whole((block) => block.categories),
    phrases: whole((block) => block.phrases),
    probabilities: join(
      new Float64Array(length),
      blocks.map((block) => block.probabilities),
    ),
  };
}

function join<Numbers extends Int32Array | Float64Array>(all: Numbers, parts: readonly Numbers[]): Numbers {
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
