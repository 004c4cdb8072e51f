// Started by a test as a process of its own: judges a run's units in the folder's study one after the other, and sends the
// number of each verdict that it was told is stored.
import { recordVerdict } from "../../src/pipeline/reviews/recordVerdict.ts";
import { openStudy } from "../../src/store/openStudy.ts";

const study = openStudy(process.argv[2] as string);
const run = study.runs.maybeNewest();
if (run === undefined) throw new Error("the study has no run");
for (let position = 0; ; position++) {
  recordVerdict(study, run, {
    position: position % 40,
    reviewer: `reviewer ${Math.floor(position / 40)}`,
    verdict: "right",
    correctCategory: undefined,
    note: "",
    judgedAt: "2026-04-03T10:00:00.000Z",
    queue: { kind: "random", n: 12, seed: 1 },
    seen: 0,
  });
  process.send?.(position + 1);
  // The message has to leave before the next one is written.
  await new Promise((resolve) => setTimeout(resolve, 1));
}
