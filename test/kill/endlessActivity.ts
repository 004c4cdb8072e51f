// Started by the kill test as a process of its own: does one thing to a study again and again, until it is killed, and tells
// on stdout when each time begins and ends. `classify STUDY TABLE CODEBOOK...` classifies known pictures with one codebook
// after the other, `write STUDY RUN FILE` writes a run's table. With `--times N` it ends by itself.
import { writeSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { locateModel } from "../../src/model/locateModel.ts";
import { openEncoder } from "../../src/model/openEncoder.ts";
import { classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { writeResults } from "../../src/pipeline/writeResults.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { tableFormatOf } from "../../src/tables/tableFormat.ts";

const { values, positionals } = parseArgs({
  options: { times: { type: "string", default: "Infinity" } },
  allowPositionals: true,
});
const [task = "", studyFolder = "", ...more] = positionals;
const study = openStudy(studyFolder);

function tell(step: string): void {
  writeSync(1, `${step}\n`);
}

async function openClassifying(table: string, codebookFiles: readonly string[]) {
  const codebooks = await Promise.all(codebookFiles.map((file) => loadCodebook(file)));
  const encoder = await openEncoder(await locateModel(join(import.meta.dirname, "../../demo/model")));
  const once = async (index: number) => {
    const codebook = codebooks[index % codebooks.length] as (typeof codebooks)[number];
    const inputs = await openInputs([table]);
    await classifyUnits({ study, encoder, codebook, inputs });
    await inputs.close();
  };
  return { once, close: () => encoder.close() };
}

function openWriting(runId: string, file: string) {
  const run = study.runs.maybeGet(Number(runId));
  if (run === undefined) throw new Error(`the study has no run ${runId}`);
  return {
    once: () => writeResults(study, run, file, { format: tableFormatOf(file) }),
    close: async () => undefined,
  };
}

const [first = "", ...others] = more;
const activity =
  task === "classify" ? await openClassifying(first, others) : openWriting(first, others[0] ?? "");
tell("ready");
for (let i = 0; i < Number(values.times); i++) {
  tell("begun");
  await activity.once(i);
  tell("ended");
}
await activity.close();
study.close();
