import { createHash } from "node:crypto";
import { type Embeddings, normaliseRows, stackEmbeddings } from "../embeddings.ts";
import { UserError } from "../errors.ts";
import type { View } from "../images/viewGeometry.ts";
import type { ViewSpec } from "../images/viewSpec.ts";
import type { LocatedModel } from "./locateModel.ts";
import { type LogitScaling, resolveLogitScaling } from "./logitScaling.ts";
import { readModelConfig } from "./modelConfig.ts";
import { loadPhraseTokenizer } from "./phraseTokenizer.ts";
import type { ModelFamily } from "./registeredModel.ts";
import { openTowers } from "./towers.ts";

/**
 * Part of every encoder's identity: raise it when preprocessing or tokenising changes, so that embeddings made
 * before and after never mix.
 */
const preprocessingVersion = 1;

/** Phrases that go through the text tower at once. */
const phraseBatchSize = 32;

/** One model's image and text towers at one revision and precision, with its preprocessing. */
export interface Encoder {
  /** The registry's id or the folder's name. */
  readonly name: string;
  /** SHA-256 over the digests of all files and the preprocessing's version: what embeddings are keyed by. */
  readonly identity: string;
  readonly family: ModelFamily;
  readonly precision: string;
  readonly model: LocatedModel;
  /** The view that the model was trained with. */
  readonly view: View;
  /** Longest text in tokens, special tokens included. */
  readonly contextLength: number;
  /**
   * How cosines become logits, and where the values come from. A joint graph may have to be opened to be measured, unless
   * what it gave before is `remembered`.
   */
  logitScaling(remembered?: LogitScaling): Promise<LogitScaling>;
  /** The pixels that `embedViews` wants for a view. */
  viewSpec(view: View): ViewSpec;
  /** Embeds square views, RGB `[sizePx, sizePx, 3]` 0-255 each. `[n] -> [n, dim]`, unit length */
  embedViews(views: readonly Uint8Array[]): Promise<Embeddings>;
  /** Embeds texts; those longer than the context lose their end (check `countTokens` first). `[n] -> [n, dim]` */
  embedTexts(texts: readonly string[]): Promise<Embeddings>;
  /** Tokens of a text, special tokens included. */
  countTokens(text: string): number;
  /** Token ids of a text, special tokens included. */
  tokenIds(text: string): readonly number[];
  /** Which towers had to be opened so far: none for a study whose embeddings are all stored. */
  openedTowers(): readonly ("image" | "text")[];
  /** Gives back the text tower's memory where it is one of its own; the next text opens it again. */
  closeTextTower(): Promise<void>;
  close(): Promise<void>;
}

/** Settings of `openEncoder`. */
export interface EncoderOptions {
  /** Threads of ONNX Runtime; by default one per processor. */
  readonly threads?: number;
  /** Overrides what the model or the registry say. */
  readonly logitScale?: number;
  readonly logitBias?: number;
}

/**
 * Loads a model that `locateModel` found. The towers are opened at their first use.
 * @throws UserError for a folder with a damaged, incomplete or unsupported model
 */
export async function openEncoder(model: LocatedModel, options: EncoderOptions = {}): Promise<Encoder> {
  const config = await readModelConfig(model.paths.config, model.paths.preprocessorConfig);
  const tokenizer = await loadPhraseTokenizer(
    model.paths.tokenizer,
    model.paths.tokenizerConfig,
    config.family,
    config.contextLength,
  );
  const towers = openTowers(model, { tokenizer, normalisation: config, threads: options.threads });
  let dim: number | undefined;
  const unit = (output: { embeddings: Float32Array; dim: number }, what: string) => {
    dim ??= output.dim;
    if (output.dim !== dim) {
      throw new UserError(`${model.name}: the towers give ${dim} and ${output.dim} numbers`, {
        hint: "the model's files do not belong together: download or copy them again",
      });
    }
    try {
      return normaliseRows(output.embeddings, output.dim);
    } catch (cause) {
      throw new UserError(`${model.name}: the ${what} tower gives numbers that are no embedding`, {
        hint: "the model's files are damaged or do not belong together: download or copy them again",
        cause,
      });
    }
  };
  // Dynamic quantisation scales by the largest activation of a whole batch: alone, so that a picture's embedding does
  // not depend on its neighbours, on the batch size, or on what was stored before.
  const dynamic = model.precision === "int8";
  let scaling: Promise<LogitScaling> | undefined;
  return {
    name: model.name,
    identity: encoderIdentity(model),
    family: config.family,
    precision: model.precision,
    model,
    view: config.view,
    contextLength: config.contextLength,
    logitScaling: (remembered) => {
      scaling ??= resolveLogitScaling(model, config, options, towers, remembered);
      return scaling;
    },
    viewSpec: (view) => ({
      view,
      sizePx: config.sizePx,
      resizeShortPx: config.resizeShortPx,
      interpolation: config.interpolation,
      alpha: config.alpha,
      // The model's mean colour: after normalisation the padding is zero.
      padColor: config.mean.map((m) => Math.round(m / config.rescaleFactor)) as [number, number, number],
    }),
    embedViews: async (views) => {
      const batches = inBatches(views, dynamic ? 1 : Math.max(1, views.length));
      const outputs = await Promise.all(batches.map((batch) => towers.runImages(batch)));
      return stackEmbeddings(outputs.map((output) => unit(output, "image")));
    },
    embedTexts: async (texts) => {
      const batches = inBatches(texts, dynamic ? 1 : phraseBatchSize);
      const outputs = await Promise.all(
        batches.map((batch) => towers.runTexts(tokenizer.encodeBatch(batch))),
      );
      return stackEmbeddings(outputs.map((output) => unit(output, "text")));
    },
    countTokens: (text) => tokenizer.encode(text).length,
    tokenIds: (text) => tokenizer.encode(text),
    openedTowers: () => towers.opened(),
    closeTextTower: () => towers.closeTextTower(),
    close: () => towers.close(),
  };
}

function inBatches<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

function encoderIdentity(model: LocatedModel): string {
  const hash = createHash("sha256").update(`clipbook preprocessing ${preprocessingVersion}\n`);
  const files = [...model.files].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, sha256 } of files) hash.update(`${name} ${sha256}\n`);
  return hash.digest("hex");
}
