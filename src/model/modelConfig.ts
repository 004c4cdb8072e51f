import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { UserError } from "../errors.ts";
import type { View } from "../images/viewGeometry.ts";
import type { ViewSpec } from "../images/viewSpec.ts";
import type { ModelFamily } from "./registeredModel.ts";

/** What a model's folder says about itself, checked. */
export interface ModelConfig {
  readonly family: ModelFamily;
  /** Longest text in tokens, special tokens included. */
  readonly contextLength: number;
  /** Side of the square input. */
  readonly sizePx: number;
  /** The view that the model was trained with. */
  readonly view: View;
  readonly resizeShortPx: number;
  readonly interpolation: ViewSpec["interpolation"];
  readonly alpha: ViewSpec["alpha"];
  /** `(pixel * rescaleFactor - mean) / std`, per channel. */
  readonly rescaleFactor: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  /** Trained values, where the folder tells them: `logit_scale` and `logit_bias` at the top of `config.json`. */
  readonly logitScale: number | undefined;
  readonly logitBias: number | undefined;
}

// The defaults of transformers' CLIPTextConfig, CLIPVisionConfig and CLIPImageProcessor and of their SigLIP twins: files
// leave them out.
const familyDefaults = {
  clip: {
    contextLength: 77,
    sizePx: 224,
    mean: [0.48145466, 0.4578275, 0.40821073],
    std: [0.26862954, 0.26130258, 0.27577711],
  },
  siglip: { contextLength: 64, sizePx: 224, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
} as const;

// Far above any published model: larger numbers are damage.
const largestLogit = 10_000;
const side = z.number().int().positive().max(4096);
const sizeSpec = z.union([
  side.transform((shortest) => ({ shortest_edge: shortest })),
  z.object({ shortest_edge: side }),
  z.object({ height: side, width: side }),
]);
// Pixel values are divided by it.
const spread = z.number().positive();
const triple = z.tuple([z.number(), z.number(), z.number()]);

const configSchema = z.object({
  model_type: z.string(),
  logit_scale: z.number().positive().max(largestLogit).optional(),
  logit_bias: z.number().min(-largestLogit).max(largestLogit).optional(),
  text_config: z.object({ max_position_embeddings: side.optional() }).optional(),
  vision_config: z.object({ image_size: side.optional() }).optional(),
});

const preprocessorSchema = z.object({
  do_center_crop: z.boolean().optional(),
  do_normalize: z.boolean().default(true),
  do_resize: z.literal(true).default(true),
  do_rescale: z.literal(true).default(true),
  image_mean: triple.optional(),
  image_std: z.tuple([spread, spread, spread]).optional(),
  rescale_factor: z
    .number()
    .positive()
    .default(1 / 255),
  resample: z.number().int().default(3),
  size: sizeSpec.optional(),
  crop_size: z
    .union([
      side.transform((edge) => ({ height: edge, width: edge })),
      z.object({ height: side, width: side }),
    ])
    .optional(),
});

/**
 * Reads `config.json` and `preprocessor_config.json`.
 * @throws UserError for a file that cannot be read, another kind of model, or preprocessing that is not supported
 */
export async function readModelConfig(configPath: string, preprocessorPath: string): Promise<ModelConfig> {
  const config = await readJson(configPath, configSchema);
  const preprocessor = await readJson(preprocessorPath, preprocessorSchema);
  const family = familyOf(config.model_type, configPath);
  const sizePx = config.vision_config?.image_size ?? familyDefaults[family].sizePx;
  const size = preprocessor.size ?? { height: sizePx, width: sizePx };
  const crop = preprocessor.crop_size ?? { height: sizePx, width: sizePx };
  if ("shortest_edge" in size && preprocessor.do_center_crop === false) {
    throw new UserError(`${preprocessorPath}: a resize of the short side without a crop is not supported`, {
      hint: "Clipbook needs a square input: do_center_crop true, or size with height and width",
    });
  }
  const squashes = !("shortest_edge" in size) && !(preprocessor.do_center_crop ?? false);
  const resizeShortPx = "shortest_edge" in size ? size.shortest_edge : Math.min(size.height, size.width);
  const inputs = squashes && "height" in size ? [size.height, size.width] : [crop.height, crop.width];
  if (new Set(inputs).size > 1 || resizeShortPx < (inputs[0] as number)) {
    throw new UserError(
      `${preprocessorPath}: sizes ${inputs.join(" x ")} from ${resizeShortPx} are not supported`,
      {
        hint: "Clipbook needs a square input that is no larger than the resized picture",
      },
    );
  }
  return {
    family,
    contextLength: config.text_config?.max_position_embeddings ?? familyDefaults[family].contextLength,
    sizePx: inputs[0] as number,
    view: squashes ? "squash" : "center",
    resizeShortPx,
    interpolation: interpolationOf(preprocessor.resample, preprocessorPath),
    // What the two families' reference processors do with transparent pictures.
    alpha: family === "clip" ? "premultiplied" : "dropped",
    rescaleFactor: preprocessor.rescale_factor,
    mean: preprocessor.do_normalize ? (preprocessor.image_mean ?? familyDefaults[family].mean) : [0, 0, 0],
    std: preprocessor.do_normalize ? (preprocessor.image_std ?? familyDefaults[family].std) : [1, 1, 1],
    logitScale: config.logit_scale,
    logitBias: config.logit_bias,
  };
}

function familyOf(modelType: string, path: string): ModelFamily {
  if (modelType === "clip" || modelType === "siglip") return modelType;
  throw new UserError(`${path}: the model type "${modelType}" is not supported`, {
    hint: "Clipbook runs models of the CLIP and SigLIP families (model_type clip or siglip)",
  });
}

/** Pillow's numbers for interpolations. */
function interpolationOf(resample: number, path: string): ViewSpec["interpolation"] {
  if (resample === 3) return "bicubic";
  if (resample === 2) return "bilinear";
  throw new UserError(`${path}: resample ${resample} is not supported`, {
    hint: "Clipbook resizes bilinear (2) and bicubic (3)",
  });
}

/** The largest JSON file of a model in bytes: published tokenizers with 256,000 tokens (Gemma's) take 34 MB. */
export const largestJsonBytes = 128 * 2 ** 20;

/**
 * Reads a JSON file of a model.
 * @throws UserError for a file that is missing, larger than 128 MiB, no JSON, or not of the schema's form
 */
export async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > largestJsonBytes) {
    throw new UserError(`${path}: ${size} bytes are more than any model's ${basename(path)} has`, {
      hint: "this is not the file that its name says: copy or download the model again",
    });
  }
  const text = await readFile(path, "utf8").catch((cause) => {
    throw new UserError(`${path}: the model's ${basename(path)} cannot be read`, {
      hint: "check that the model's folder is complete",
      cause,
    });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${path}: this is no valid JSON`, {
      hint: "download or copy the model again",
      cause,
    });
  }
  const checked = schema.safeParse(json);
  if (checked.success) return checked.data;
  throw new UserError(`${path}: ${z.prettifyError(checked.error)}`, {
    hint: "Clipbook reads models in the Hub's ONNX layout",
  });
}
