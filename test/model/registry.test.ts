import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  precisions,
  publishedPrecision,
  requiredFiles,
  towerFiles,
} from "../../src/model/registeredModel.ts";
import { defaultModelId, familyLogitScale, registeredModels } from "../../src/model/registry.ts";
import { packageRoot } from "../../src/packageRoot.ts";

const fromHub = registeredModels.filter(({ origin }) => origin.kind === "hub");

describe("the registry", () => {
  it("has the default model, and every id once", () => {
    const ids = registeredModels.map(({ id }) => id);
    expect(ids).toContain(defaultModelId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/);
  });

  it("pins every model of the Hub to a commit", () => {
    expect(fromHub.length).toBeGreaterThan(0);
    for (const { origin } of fromHub) {
      expect(origin).toMatchObject({ revision: expect.stringMatching(/^[0-9a-f]{40}$/) });
      expect(origin).toMatchObject({ repository: expect.stringMatching(/^[\w.-]+\/[\w.-]+$/) });
    }
  });

  it("holds only whole digests, each with its size, and no file twice", () => {
    for (const model of registeredModels) {
      const files = precisions.flatMap((precision) => towerFiles(model, precision)).concat(model.files);
      expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
      for (const { path, bytes, sha256 } of files) {
        expect(path).toMatch(/^[\w/.]+$/);
        expect(bytes === undefined).toBe(sha256 === undefined);
        if (sha256 !== undefined) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        if (bytes !== undefined) expect(bytes).toBeGreaterThan(0);
      }
    }
  });

  it("knows the digest of every graph that is downloaded", () => {
    for (const model of fromHub) {
      expect(towerFiles(model, "float32").length).toBeGreaterThan(0);
      for (const precision of precisions) {
        for (const { sha256 } of towerFiles(model, precision)) expect(sha256).toBeDefined();
      }
    }
  });

  it("knows every file of the model that comes with Clipbook, as it is", () => {
    const model = registeredModels.find(({ origin }) => origin.kind === "bundled");
    if (model?.origin.kind !== "bundled") throw new RangeError("one model comes with Clipbook");
    const folder = join(packageRoot, model.origin.directory);
    for (const { path, bytes, sha256 } of requiredFiles(model, "float32")) {
      const content = readFileSync(join(folder, path));
      const digest = createHash("sha256").update(content).digest("hex");
      expect({ path, bytes, sha256 }).toEqual({ path, bytes: content.length, sha256: digest });
    }
  });

  it("lists what a precision needs, and nothing of another", () => {
    const model = registeredModels.find(({ id }) => id === "clip-vit-b32");
    if (model === undefined) throw new RangeError("clip-vit-b32 is registered");
    expect(requiredFiles(model, "float32").map(({ path }) => path)).toEqual([
      "config.json",
      "preprocessor_config.json",
      "tokenizer.json",
      "tokenizer_config.json",
      "onnx/vision_model.onnx",
      "onnx/text_model.onnx",
    ]);
    expect(towerFiles(model, "int8")).toEqual([]);
  });

  it("makes int8 from float32 wherever there is float32", () => {
    for (const model of registeredModels) expect(publishedPrecision(model, "int8")).toBe("float32");
    const [model] = registeredModels;
    if (model === undefined) throw new RangeError("there are registered models");
    const joint = { kind: "joint", model: { path: "onnx/model_int8.onnx" } } as const;
    expect(publishedPrecision({ ...model, towers: { int8: joint } }, "int8")).toBe("int8");
    expect(publishedPrecision({ ...model, towers: { ...model.towers, int8: joint } }, "int8")).toBe(
      "float32",
    );
  });

  it("gives every SigLIP model its own scale and bias, since the family has no default", () => {
    expect(familyLogitScale.siglip).toBeUndefined();
    for (const { family, logitScale, logitBias } of registeredModels) {
      if (family !== "siglip") continue;
      expect(logitScale).toBeGreaterThan(0);
      expect(logitBias).toBeLessThan(0);
    }
  });
});
