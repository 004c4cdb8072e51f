// Started by the kill test as a process of its own: classifies a folder in a study with the bundled model and writes the
// table. It tells on stdout how far it is, stops at a step that it is told to be killed at, and notes every picture in a log before the picture goes through the tower.
import { createHash } from "node:crypto";
import { appendFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { locateModel } from "../../src/model/locateModel.ts";
import { type Encoder, openEncoder } from "../../src/model/openEncoder.ts";
import { classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { writeResults } from "../../src/pipeline/writeResults.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { tableFormatOf } from "../../src/tables/tableFormat.ts";

const [studyFolder = "", pictures = "", output = "", towerLog = "", batchSize = "", holdAt = ""] =
  process.argv.slice(2);
const demo = join(import.meta.dirname, "../../demo");

function tell(step: string): void {
  writeSync(1, `${step}\n`);
  if (step === holdAt) process.kill(process.pid, "SIGSTOP");
}

/** The same encoder, which notes what goes through its image tower. */
function noting(encoder: Encoder): Encoder {
  return {
    ...encoder,
    embedViews: (views) => {
      const digests = views.map((view) => createHash("sha256").update(view).digest("hex"));
      appendFileSync(towerLog, digests.map((digest) => `${digest}\n`).join(""));
      tell("embedding");
      return encoder.embedViews(views);
    },
  };
}

tell("started");
const codebook = await loadCodebook(join(demo, "codebook.yaml"));
const inputs = await openInputs([pictures]);
const encoder = await openEncoder(await locateModel(join(demo, "model")));
const study = openStudy(studyFolder);
const { run } = await classifyUnits({
  study,
  encoder: noting(encoder),
  codebook,
  inputs,
  batchSize: Number(batchSize),
  onProgress: ({ units }) => tell(`stored ${units}`),
});
tell("classified");
await writeResults(study, run, output, { format: tableFormatOf(output) });
tell("written");
study.close();
await encoder.close();
await inputs.close();
