import { normaliseRows } from "../embeddings.ts";
import { UserError } from "../errors.ts";
import type { LocatedModel } from "./locateModel.ts";
import type { ModelConfig } from "./modelConfig.ts";
import { familyLogitScale } from "./registry.ts";
import type { Towers } from "./towers.ts";

/** logit = cosine x `scale` + `bias`; `source` says where the two numbers come from. */
export interface LogitScaling {
  readonly scale: number;
  readonly bias: number;
  readonly source: "given" | "model" | "registry" | "family default";
}

/**
 * The trained logit scale and bias: given by the user, else from the model (`config.json`, or measured on a joint
 * graph that answers with logits), else from the registry, else the family's default where it has one.
 * `logit_scale_init_value` in `config.json` is where training began and is never used.
 * @throws UserError when nobody knows
 */
export async function resolveLogitScaling(
  model: LocatedModel,
  config: ModelConfig,
  given: { readonly logitScale?: number; readonly logitBias?: number },
  towers: Towers,
): Promise<LogitScaling> {
  if (given.logitScale !== undefined) {
    return { scale: given.logitScale, bias: given.logitBias ?? 0, source: "given" };
  }
  if (config.logitScale !== undefined) {
    return { scale: config.logitScale, bias: config.logitBias ?? 0, source: "model" };
  }
  const known = model.registered?.logitScale;
  if (known !== undefined) {
    return { scale: known, bias: model.registered?.logitBias ?? 0, source: "registry" };
  }
  const measured = towers.joint ? await measureLogitScaling(towers) : undefined;
  if (measured !== undefined) return measured;
  const usual = familyLogitScale[config.family];
  if (usual !== undefined) return { scale: usual, bias: 0, source: "family default" };
  throw new UserError(`${model.name}: nothing tells this model's logit scale and bias`, {
    hint: 'give --logit-scale and --logit-bias, or add "logit_scale" and "logit_bias" to its config.json',
  });
}

/** Solves logit = cosine x scale + bias from two texts' answers of a joint graph. */
async function measureLogitScaling(towers: Towers): Promise<LogitScaling | undefined> {
  const texts = ["a photo of a dog on a beach", "text"];
  const output = await towers.runJoint(texts);
  const image = output.others.get("image_embeds");
  const logits = output.others.get("logits_per_image");
  if (image === undefined || logits === undefined || logits.length !== texts.length) return undefined;
  const text = normaliseRows(Float32Array.from(output.embeddings), output.dim).values;
  const unit = normaliseRows(Float32Array.from(image), output.dim).values;
  const cosines = texts.map((_, t) =>
    unit.reduce((sum, x, i) => sum + x * (text[t * output.dim + i] as number), 0),
  );
  const [first, second] = cosines as [number, number];
  // Two texts in one direction would divide rounding errors by each other.
  if (Math.abs(first - second) < 1e-3) return undefined;
  const scale = ((logits[0] as number) - (logits[1] as number)) / (first - second);
  return { scale, bias: (logits[0] as number) - scale * first, source: "model" };
}
