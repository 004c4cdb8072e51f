import { type LocateOptions, locateModel } from "./locateModel.ts";
import { type Encoder, type EncoderOptions, openEncoder } from "./openEncoder.ts";

/**
 * Loads a model by its registered id (downloading it at its first use) or from a folder in the Hub's ONNX layout.
 * Its towers are opened when they are first needed.
 * @throws UserError for an unknown, incomplete, damaged or unsupported model, or a download that fails
 */
export async function loadEncoder(
  nameOrDirectory: string,
  options: LocateOptions & EncoderOptions = {},
): Promise<Encoder> {
  return openEncoder(await locateModel(nameOrDirectory, options), options);
}
