import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ClassifySpec, classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { openTestDecoders } from "../images/decoding/openTestDecoders.ts";
import { plainPng } from "../images/decoding/pictures.ts";
import { golden } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { loadTinyModel } from "../tinyModels.ts";
import { newStudy } from "./classifyInTest.ts";

const victimPixels = 301 * 200;

/** A folder of pictures of which one, the fifth, has a size of its own; and how to classify it. */
async function prepare() {
  const pictures = temporaryFolder();
  for (let i = 0; i < 20; i++) {
    const [widthPx, heightPx] = i === 4 ? [301, 200] : [50 + i, 40];
    const name = `${String(i).padStart(2, "0")}.png`;
    writeFileSync(join(pictures, name), await plainPng(widthPx, heightPx, i));
  }
  const { folder, study } = newStudy();
  const codebookPath = join(folder, "codebook.json");
  writeFileSync(codebookPath, JSON.stringify(golden.codebook));
  const encoder = await loadTinyModel("clip");
  onTestFinished(() => encoder.close());
  const codebook = await loadCodebook(codebookPath);
  const classify = async (decoders: ClassifySpec["decoders"]) => {
    const inputs = await openInputs([pictures]);
    onTestFinished(() => inputs.close());
    const { run, progress } = await classifyUnits({
      study,
      encoder,
      codebook,
      inputs,
      ...(decoders && { decoders }),
      batchSize: 8,
    });
    const rows = [...study.runs.rows(run.id)];
    const answers = rows.map(({ unit, prediction, failure }) => ({
      name: unit.name.slice(pictures.length + 1),
      answer: prediction ?? failure?.code,
    }));
    return { answers, progress };
  };
  return { classify };
}

describe("classifying", () => {
  it("gives a picture that ends its decoder one row with an error, and the next run tries it again, and it alone", async () => {
    const { classify } = await prepare();
    const killing = openTestDecoders({
      count: 2,
      reservedPixels: 0,
      onEvent: ({ kind, pid, pixels }) => {
        if (kind === "go" && pixels === victimPixels) process.kill(pid, "SIGKILL");
      },
    });
    const first = await classify(killing.decoders);
    expect(first.progress).toMatchObject({ units: 20, embedded: 19, failed: 1 });
    expect(first.answers.filter(({ answer }) => answer === "decoder_crashed")).toEqual([
      { name: "04.png", answer: "decoder_crashed" },
    ]);
    const healthy = openTestDecoders();
    const second = await classify(healthy.decoders);
    expect(second.progress).toMatchObject({ units: 20, embedded: 1, failed: 0 });
    expect(healthy.pidsOf("given")).toHaveLength(1);
    expect(second.answers.toSpliced(4, 1)).toEqual(first.answers.toSpliced(4, 1));
    const undisturbed = await (await prepare()).classify(undefined);
    expect(undisturbed.answers).toEqual(second.answers);
  });

  it("starts no decoder where everything is known", async () => {
    const { classify } = await prepare();
    await classify(undefined);
    const { decoders, events } = openTestDecoders();
    await classify(decoders);
    expect(events).toEqual([]);
  });
});
