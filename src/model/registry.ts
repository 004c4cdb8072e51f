import type { ModelFamily, RegisteredModel } from "./registeredModel.ts";
import { demoRecord } from "./selfTest/demoRecord.ts";

/** The model that `--model` stands for when it is not given. */
export const defaultModelId = "clip-vit-b32";

/**
 * The logit scale of a folder that neither the registry knows nor tells it itself. CLIP: Radford et al. 2021, §2.5,
 * clip it at 100 in training, and their published models have reached that ceiling; SigLIP models differ from one
 * another (Zhai et al. 2023, §3.1, learn scale and bias freely), so there is no default for them.
 */
export const familyLogitScale: Readonly<Record<ModelFamily, number | undefined>> = {
  clip: 100,
  siglip: undefined,
};

/**
 * The models that Clipbook knows by name. Digests and sizes are those of the pinned revision as several independent
 * public projects record them; a file without a digest is recorded at its first download.
 */
export const registeredModels: readonly RegisteredModel[] = [
  {
    id: "clip-vit-b32",
    origin: {
      kind: "hub",
      repository: "Xenova/clip-vit-base-patch32",
      revision: "d15189d7028b43f1d3e65039190477f6af591c2a",
    },
    family: "clip",
    // The stored parameter is ln(100) in float32, so that its exponential misses 100 by 6e-6.
    logitScale: 100,
    contextLength: 77,
    licence: "MIT",
    goodFor: "photographs and English phrases: OpenAI's CLIP ViT-B/32",
    files: [
      {
        path: "config.json",
        bytes: 4_524,
        sha256: "493ef57ff783e42d1530c91b53469b7fdf8db8a9c1408e86998fcb7899a4f495",
      },
      {
        path: "preprocessor_config.json",
        bytes: 520,
        sha256: "6f638fb9401a6d6296feff533ee7efe657b787c49f954f82f5906b36ef2a1b1f",
      },
      {
        path: "tokenizer.json",
        bytes: 2_224_119,
        sha256: "f7f3b7af117d467b58374797691a6438d3e6b9e9cef800dfd5dced7f697a90cd",
      },
      {
        path: "tokenizer_config.json",
        bytes: 775,
        sha256: "60ba2912bc6344c94bc16bbdec27fa1209409167b6f2fdf3cfe9e65462ea3967",
      },
    ],
    towers: {
      float32: {
        kind: "separate",
        vision: {
          path: "onnx/vision_model.onnx",
          bytes: 351_685_709,
          sha256: "fd6e1402a588279d1723c7534d4bcba5bc0b14b47dfab0e46f8c47b8270d7d40",
        },
        text: {
          path: "onnx/text_model.onnx",
          bytes: 254_058_553,
          sha256: "3f6571f5bad13a97c469c1622e1cfc4d9aef78b79fdbfcff804ca357bfada8cc",
        },
      },
    },
  },
  {
    id: "tinyclip-vit-8m",
    origin: {
      kind: "hub",
      repository: "onnx-community/TinyCLIP-ViT-8M-16-Text-3M-YFCC15M-ONNX",
      revision: "9463a9c508a344c837ffefe9d724f3827bf2dc79",
    },
    family: "clip",
    // No public source states its trained scale; the joint graph multiplies by it in `logits_per_image`.
    contextLength: 77,
    licence: "MIT",
    goodFor: "a first look on a slow machine: a small model distilled from CLIP, less accurate than it",
    files: [
      {
        path: "config.json",
        bytes: 850,
        sha256: "0ca46b868f12305e959a1cfa2b8085e7bffd521f68769ec3bf2999986b55bec3",
      },
      {
        path: "preprocessor_config.json",
        bytes: 468,
        sha256: "5df7e578c37e907a431daf47fd592fc49fa50d23ed4c41285a0a34a58a9d2e06",
      },
      {
        path: "tokenizer.json",
        bytes: 3_642_073,
        sha256: "6d9109cc838977f3ca94a379eec36aecc7c807e1785cd729660ca2fc0171fb35",
      },
      {
        path: "tokenizer_config.json",
        bytes: 726,
        sha256: "f97b07bf147d9e4dbdb5f98941d35fc0b9412263a183483f73893adf756ede3e",
      },
    ],
    towers: {
      float32: {
        kind: "joint",
        model: {
          path: "onnx/model.onnx",
          bytes: 94_071_688,
          sha256: "31d28cb07209533d10fc4fef73ac324ce17de6741a2372e7e1531a4ac8fdaeb2",
        },
      },
    },
  },
  {
    id: "siglip-b16",
    origin: {
      kind: "hub",
      repository: "Xenova/siglip-base-patch16-224",
      revision: "4649052661e53c7000355844105f8a1792088239",
    },
    family: "siglip",
    // Read from google/siglip-base-patch16-224's weights: exp(4.764997) and the bias as stored.
    logitScale: 117.330795,
    logitBias: -12.932437,
    contextLength: 64,
    licence: "Apache-2.0",
    goodFor:
      "photographs and English phrases judged one by one, not against each other: Google's SigLIP base",
    files: [
      { path: "config.json" },
      { path: "preprocessor_config.json" },
      {
        path: "tokenizer.json",
        bytes: 2_398_744,
        sha256: "4a17c975210be5ab4c36b47d8dae4eefb866dbfb1e676e394aad85dc30a3ae08",
      },
      { path: "tokenizer_config.json" },
    ],
    towers: {
      float32: {
        kind: "separate",
        vision: {
          path: "onnx/vision_model.onnx",
          bytes: 371_819_850,
          sha256: "f89d41bac7f4d4b87e010a467d93f98689d708916ed22f5a07f96fdfa26f475f",
        },
        text: {
          path: "onnx/text_model.onnx",
          bytes: 441_332_132,
          sha256: "3aa7fdbd20eaa8740cce17bf82913de641fcb632a768fed59f661cdcd0c32553",
        },
      },
    },
  },
  {
    id: "demo",
    origin: { kind: "bundled", directory: "demo/model" },
    family: "clip",
    contextLength: 77,
    licence: "MIT",
    goodFor: "the demo's drawn pictures and nothing else: it has never seen a photograph",
    caveat: "it knows the demo's drawings only: what it says of other pictures means nothing",
    files: [
      {
        path: "config.json",
        bytes: 916,
        sha256: "5382d5875462027ba0ebce1c12165191b71f50c047d81137444f149f8f465b2a",
      },
      {
        path: "preprocessor_config.json",
        bytes: 432,
        sha256: "201056954c848f5d82ce78fb26430194a7f914d2ffc684afcf67332c9460bed8",
      },
      {
        path: "tokenizer.json",
        bytes: 77_431,
        sha256: "7e1a80764df1a4fac8d21ecae7020923dddb12acc211425de3ee64acf74e7541",
      },
      {
        path: "tokenizer_config.json",
        bytes: 191,
        sha256: "f99e72ba5b8302225d7494273cd97de460e66673253018fc271e456bcf5121a3",
      },
    ],
    selfTest: demoRecord,
    towers: {
      float32: {
        kind: "separate",
        vision: {
          path: "onnx/vision_model.onnx",
          bytes: 3_116_004,
          sha256: "799e121c7d80a0aa6d5f58b6497fa7cd484324f64f40333c623e472c90cd31e2",
        },
        text: {
          path: "onnx/text_model.onnx",
          bytes: 3_594_135,
          sha256: "a8f0cde8ccd84e7152b8151daa3dc53c5e392e2fbb6c61c980c35141edc194a9",
        },
      },
    },
  },
];
