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
 * The trained logit scale and bias, each from the first that knows it: the user, the model (`config.json`, or measured on
 * a joint graph that answers with logits), the registry, the family's usual value where it has one.
 * `logit_scale_init_value` in `config.json` is where training began and is never used.
 * @param remembered what was measured on the same graph before: then it is not opened for that again
 * @throws UserError when nobody knows
 */
export async function resolveLogitScaling(
  model: LocatedModel,
  config: ModelConfig,
  given: { readonly logitScale?: number | undefined; readonly logitBias?: number | undefined },
  towers: Towers,
  remembered?: LogitScaling,
): Promise<LogitScaling> {
  if (config.family === "clip" && given.logitBias !== undefined) {
    throw new UserError(`${model.name}: a CLIP model has no logit bias: in a softmax it cancels out`, {
      hint: "leave out --logit-bias",
    });
  }
  const usualScale = familyLogitScale[config.family];
  // A softmax is blind to what is added to all logits, so that CLIP needs no bias; a sigmoid is not.
  const usualBias = config.family === "clip" ? 0 : undefined;
  const sources: [LogitScaling["source"], number | undefined, number | undefined][] = [
    ["given", given.logitScale, given.logitBias],
    ["model", config.logitScale, config.logitBias],
    ["registry", model.registered?.logitScale, model.registered?.logitBias],
  ];
  if (towers.joint && (given.logitScale ?? config.logitScale) === undefined) {
    const measured = remembered ?? (await measureLogitScaling(towers));
    sources.splice(1, 0, ["model", measured?.scale, measured?.bias]);
  }
  const scale = sources.find(([, known]) => known !== undefined);
  const bias = sources.find(([, , known]) => known !== undefined)?.[2] ?? usualBias;
  if (scale !== undefined && bias !== undefined) return { scale: scale[1] as number, bias, source: scale[0] };
  if (usualScale !== undefined && bias !== undefined) {
    return { scale: usualScale, bias, source: "family default" };
  }
  const lacking = scale === undefined ? "logit scale" : "logit bias";
  throw new UserError(`${model.name}: nothing tells this model's ${lacking}`, {
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
