import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openStudy } from "../../src/store/openStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { encoderRecord, runSpec, saveImage } from "./runSpec.ts";

/** A study with a run of four units, the third of which has failed. */
export function studyWithRun() {
  const study = openStudy(join(temporaryFolder(), "study"));
  onTestFinished(() => study.close());
  const encoderId = study.embeddings.encoderId(encoderRecord);
  const ids = [1, 2, 3].map((number) => saveImage(study, number));
  const runId = study.runs.start(runSpec(encoderId));
  const unit = (name: string) => ({ name, path: `/${name}`, rowNumber: 0 });
  study.runs.addUnits(runId, 0, [
    [unit("a.jpg"), { imageId: ids[0] as number }],
    [unit("<b>.jpg"), { imageId: ids[1] as number }],
    [unit("bad.jpg"), { failure: { code: "corrupt", sentence: "damaged" } }],
    [{ name: "", path: "", rowNumber: 4 }, { imageId: ids[2] as number }],
  ]);
  [0, 1, 3].forEach((position, i) => {
    const runnerUp = undefined;
    study.runs.savePrediction(runId, position, {
      category: i % 2,
      phrase: i,
      probability: 0.25 * (i + 1),
      runnerUp,
    });
  });
  study.runs.complete(runId, "2026-01-01T00:00:00.000Z", 0);
  return { study, runId, ids };
}
