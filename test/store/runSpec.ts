import type { Codebook } from "../../src/codebook/codebook.ts";
import type { EncoderRecord } from "../../src/store/embeddingStore.ts";
import type { Study } from "../../src/store/openStudy.ts";
import type { RunSpec } from "../../src/store/runStore.ts";

export const encoderRecord: EncoderRecord = {
  identity: "tiny@1",
  family: "clip",
  precision: "fp32",
  files: [{ name: "vision_model.onnx", bytes: 10, sha256: "00" }],
};

const codebook: Codebook = {
  title: "Trees",
  templates: [],
  categories: [
    { name: "Tree", phrases: ["a tree", "a wood"] },
    { name: "House", phrases: ["a house"] },
  ],
};

/** A run of two categories with three phrases. */
export function runSpec(encoderId: number, changes: Partial<RunSpec> = {}): RunSpec {
  return {
    startedAt: "2025-03-01T10:00:00.000Z",
    writer: "1@example",
    codebookFile: "codebook.yaml",
    codebookText: "Tree: [a tree, a wood]",
    codebook,
    encoderId,
    modelName: "tiny",
    repository: "example/tiny",
    revision: "1",
    view: "center",
    scoring: "max",
    probabilityKind: "softmax",
    logitScale: 100,
    logitBias: 0,
    logitSource: "registry",
    truncatedPhrases: 0,
    settings: { inputs: ["pictures"], batchSize: 16, truncate: false },
    versions: [{ name: "clipbook", version: "0.1.0" }],
    ...changes,
  };
}

/** A digest that differs by its first bytes. */
export function sha256Of(number: number): Buffer {
  const digest = Buffer.alloc(32);
  digest.writeUInt32BE(number);
  return digest;
}

/** Stores an image with this number, and its embedding if one is given. */
export function saveImage(study: Study, number: number, warning?: string): number {
  return study.images.save({
    sha256: sha256Of(number),
    sizeBytes: 1000 + number,
    format: "JPEG",
    widthPx: 640,
    heightPx: 480,
    warning,
  });
}
