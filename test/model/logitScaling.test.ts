import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { locateModel } from "../../src/model/locateModel.ts";
import { type EncoderOptions, openEncoder } from "../../src/model/openEncoder.ts";
import type { RegisteredModel } from "../../src/model/registeredModel.ts";
import { registeredModels } from "../../src/model/registry.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";

/** The scaling of a tiny model whose `config.json` says `inConfig` besides, and which the registry knows as told. */
async function scalingOf(
  family: "clip" | "siglip",
  options: EncoderOptions,
  inConfig: object = {},
  registered?: Partial<RegisteredModel>,
) {
  const folder = join(temporaryFolder(), "model");
  mkdirSync(folder);
  cpSync(tinyModelFolder(family), folder, { recursive: true });
  const path = join(folder, "config.json");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), ...inConfig }));
  const located = await locateModel(folder);
  const entry = registered && { ...(registeredModels[0] as RegisteredModel), ...registered };
  const encoder = await openEncoder({ ...located, registered: entry }, options);
  return encoder.logitScaling();
}

describe("the logit scale and bias", () => {
  it("are the user's before the model's, the model's before the registry's", async () => {
    const config = { logit_scale: 20, logit_bias: -2 };
    const registry = { logitScale: 30, logitBias: -3 };
    expect(await scalingOf("siglip", {}, {}, registry)).toEqual({ scale: 30, bias: -3, source: "registry" });
    expect(await scalingOf("siglip", {}, config, registry)).toEqual({ scale: 20, bias: -2, source: "model" });
    expect(await scalingOf("siglip", { logitScale: 10, logitBias: -1 }, config, registry)).toEqual({
      scale: 10,
      bias: -1,
      source: "given",
    });
  });

  it("are known each by itself: giving one does not lose the other", async () => {
    const registry = { logitScale: 117, logitBias: -12.9 };
    expect(await scalingOf("siglip", { logitScale: 110 }, {}, registry)).toMatchObject({
      scale: 110,
      bias: -12.9,
    });
    expect(await scalingOf("siglip", { logitBias: -10 }, {}, registry)).toMatchObject({
      scale: 117,
      bias: -10,
    });
    expect(await scalingOf("siglip", {}, { logit_scale: 99 }, registry)).toMatchObject({
      scale: 99,
      bias: -12.9,
    });
  });

  it("are 100 and 0 for a CLIP model of which nobody knows more, and say so", async () => {
    expect(await scalingOf("clip", {})).toEqual({ scale: 100, bias: 0, source: "family default" });
  });

  it("have no bias for CLIP: one that is given is refused", async () => {
    await expect(scalingOf("clip", { logitScale: 50, logitBias: 5 })).rejects.toThrow("no logit bias");
  });

  it("are never guessed for SigLIP", async () => {
    await expect(scalingOf("siglip", {})).rejects.toThrow("nothing tells this model's logit scale");
    await expect(scalingOf("siglip", { logitScale: 100 })).rejects.toThrow(
      "nothing tells this model's logit bias",
    );
  });

  it("never come from logit_scale_init_value, where training began", async () => {
    const { scale } = await scalingOf("clip", {}, { logit_scale_init_value: 2.6592 });
    expect(scale).toBe(100);
  });
});
