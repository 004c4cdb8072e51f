import { describe, expect, it } from "vitest";
import { classifierOfRun } from "../../../src/pipeline/classifierOfRun.ts";
import { answerUnits } from "../../../src/pipeline/drafts/answerUnits.ts";
import { openRunVectors } from "../../../src/pipeline/runVectors.ts";
import { randomRun } from "../randomRun.ts";

describe("answerUnits", () => {
  it.each(["max", "sum", "mean"] as const)(
    "gives what the run stored, over many blocks: %s",
    async (scoring) => {
      const { study, run } = await randomRun({
        ...{ units: 9000, pictures: 200, categories: 6, failed: 3 },
        changes: { scoring },
      });
      const classifier = classifierOfRun(study, run);
      const { columns } = await openRunVectors(study).cosinesWith(run, classifier.references);
      const answers = await answerUnits(classifier, columns);
      const rows = [...study.runs.rows(run.id)].flatMap(({ prediction }) => prediction ?? []);
      expect(rows).toHaveLength(8997);
      expect([...answers.categories]).toEqual(rows.map(({ category }) => category));
      expect([...answers.phrases]).toEqual(rows.map(({ phrase }) => phrase));
      expect([...answers.probabilities]).toEqual(rows.map(({ probability }) => probability));
    },
  );

  it("stops between two blocks when nobody waits any more, and lets others have their turn", async () => {
    const { study, run } = await randomRun({ units: 9000, pictures: 50, categories: 3 });
    const classifier = classifierOfRun(study, run);
    const { columns } = await openRunVectors(study).cosinesWith(run, classifier.references);
    const controller = new AbortController();
    setImmediate(() => controller.abort(new Error("withdrawn")));
    await expect(answerUnits(classifier, columns, controller.signal)).rejects.toThrow("withdrawn");
  });
});
