import { loadEncoder } from "../model/loadEncoder.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Precision } from "../model/registeredModel.ts";
import { definedOptions } from "./definedOptions.ts";
import { startDownloadLine } from "./downloadLine.ts";
import type { Terminal } from "./terminal.ts";

/** The options that choose a model, as commander hands them over. */
export interface ModelOptions {
  readonly model: string;
  readonly precision: Precision;
  readonly threads?: number;
  readonly logitScale?: number;
  readonly logitBias?: number;
}

/** Opens a model; downloads are shown, and what is to be known of the model is told. @throws UserError as `loadEncoder` does */
export async function openModel(options: ModelOptions, terminal: Terminal): Promise<Encoder> {
  const download = startDownloadLine(terminal);
  const { threads, logitScale, logitBias } = options;
  const encoder = await loadEncoder(options.model, {
    precision: options.precision,
    environment: terminal.environment,
    signal: terminal.signal,
    onProgress: download.onProgress,
    onVariant: download.onVariant,
    ...definedOptions({ threads, logitScale, logitBias }),
  }).finally(download.clear);
  const { caveat } = encoder.model.registered ?? {};
  if (caveat !== undefined) terminal.stderr(`note: the model ${encoder.name}: ${caveat}\n`);
  return encoder;
}
