import type { ImportOrigin } from "../../src/store/importStore.ts";

/** Where some imported vectors come from. */
export const importOrigin: ImportOrigin = {
  believed: { name: "tiny", identity: "tiny@1", precision: "float32" },
  folder: "vectors",
  layout: "npy",
  numberType: "float32",
  dim: 2,
  imageColumn: "image_path",
  filesDigest: "cd".repeat(32),
  files: 2,
  vectors: 5,
  normalised: 0,
  zero: 0,
  clipbookVersion: "0.1.0",
};
