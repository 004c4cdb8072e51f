import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { locateModel } from "../../../src/model/locateModel.ts";
import { openEncoder } from "../../../src/model/openEncoder.ts";
import { packageRoot } from "../../../src/packageRoot.ts";
import { type ClassifySpec, classifyUnits } from "../../../src/pipeline/classifyUnits.ts";
import { indexingDefaults } from "../../../src/pipeline/indexing/indexingDefaults.ts";
import { loadCodebook } from "../../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../../src/pipeline/openInputs.ts";
import { recordedSettings } from "../../../src/pipeline/recordedSettings.ts";
import { loadTinyModel, tinyModelFolder } from "../../tinyModels.ts";
import { newStudy, pictures } from "../classifyInTest.ts";

const environment = { HF_HOME: "/nowhere", XDG_CACHE_HOME: "/nowhere", HOME: "/nowhere" };

/** A study with one run. */
async function studyWithRun(encoder: ClassifySpec["encoder"], more: Partial<ClassifySpec>) {
  const { folder, study } = newStudy();
  const codebookPath = join(folder, "codebook.yaml");
  copyFileSync(join(packageRoot, "demo/codebook.yaml"), codebookPath);
  const folderOfPictures = pictures();
  const inputs = await openInputs([folderOfPictures]);
  const codebook = await loadCodebook(codebookPath);
  await classifyUnits({ study, encoder, codebook, inputs, ...more });
  await inputs.close();
  await encoder.close();
  return { study, codebookPath, inputs: [folderOfPictures] };
}

describe("indexingDefaults", () => {
  it("are the usual model and nothing named in a new study, which has no codebook", async () => {
    const { folder, study } = newStudy();
    const codebookPath = join(folder, "codebook.yaml");
    const defaults = await indexingDefaults(study, { codebookPath, environment });
    expect(defaults).toMatchObject({
      folder: process.cwd(),
      codebook: { file: codebookPath, exists: false },
      spec: { inputs: [], model: "clip-vit-b32", precision: "float32", scoring: "max" },
    });
    expect(defaults.spec.view).toBeUndefined();
    const models = new Map(defaults.models.map((model) => [model.id, model]));
    expect(models.get("clip-vit-b32")).toMatchObject({ presence: "missing", isWholeSize: true });
    expect(models.get("demo")).toMatchObject({ presence: "here", caveat: expect.any(String) });
  });

  it("are the newest run's, with the view left to the model where it is the model's own", async () => {
    const encoder = await openEncoder(await locateModel("demo"));
    const more = {
      scoring: "mean",
      settings: recordedSettings({ model: "demo", maxMegapixels: 20 }),
    } as const;
    const { study, codebookPath, inputs } = await studyWithRun(encoder, more);
    const { spec, codebook } = await indexingDefaults(study, { codebookPath, environment });
    expect(spec).toEqual({
      inputs,
      model: "demo",
      precision: "float32",
      scoring: "mean",
      maxMegapixels: 20,
    });
    expect(codebook.exists).toBe(true);
  });

  it("keep a folder's model, another view than the usual one, and scales that were given", async () => {
    const folder = tinyModelFolder("siglip");
    const encoder = await loadTinyModel("siglip");
    const { scale, bias } = await encoder.logitScaling();
    const settings = recordedSettings({
      model: folder,
      truncate: true,
      imageColumn: "file",
      followOutside: true,
    });
    const more = { view: "pad", truncate: true, settings } as const;
    const { study, codebookPath, inputs } = await studyWithRun(encoder, more);
    expect((await indexingDefaults(study, { codebookPath, environment })).spec).toEqual({
      inputs,
      model: folder,
      precision: "float32",
      view: "pad",
      scoring: "max",
      imageColumn: "file",
      truncate: true,
      followOutside: true,
      logitScale: scale,
      logitBias: bias,
    });
    const elsewhere = await indexingDefaults(study, { codebookPath, model: "other/place", environment });
    expect(elsewhere.spec.model).toBe("other/place");
  });
});
