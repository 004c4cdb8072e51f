import { join } from "node:path";
import { locateModel } from "../src/model/locateModel.ts";
import { type Encoder, type EncoderOptions, openEncoder } from "../src/model/openEncoder.ts";
import { golden, referenceFolder } from "./images/reference.ts";

/** Folder of a tiny model with random weights whose answers PyTorch has given too. */
export function tinyModelFolder(family: "clip" | "siglip"): string {
  return join(referenceFolder, `tiny-${family}`);
}

/** The tiny model with the logit scale and bias that the reference used. */
export async function loadTinyModel(
  family: "clip" | "siglip",
  options: EncoderOptions = {},
  folder = tinyModelFolder(family),
): Promise<Encoder> {
  const scaling =
    family === "clip"
      ? { logitScale: golden.clip.logit_scale }
      : { logitScale: golden.siglip.logit_scale, logitBias: golden.siglip.logit_bias };
  return openEncoder(await locateModel(folder), { ...scaling, ...options });
}
