import { createHash } from "node:crypto";
import type { Embeddings } from "../embeddings.ts";
import { UserError } from "../errors.ts";
import type { View } from "../images/viewGeometry.ts";
import type { ViewSpec } from "../images/viewSpec.ts";
import type { Environment } from "./cacheHome.ts";
import { embedInBatches } from "./embedInBatches.ts";
import type { LocatedModel } from "./locateModel.ts";
import { type LogitScaling, resolveLogitScaling } from "./logitScaling.ts";
import { readModelConfig } from "./modelConfig.ts";
import { loadPhraseTokenizer } from "./phraseTokenizer.ts";
import type { ModelFamily } from "./registeredModel.ts";
import { openSelfTest, type SelfTestOutcome } from "./selfTest/openSelfTest.ts";
import { openTowers } from "./towers.ts";

/**
 * Part of every encoder's identity: raise it when preprocessing or tokenising changes, so that embeddings made
 * before and after never mix.
 */
export const preprocessingVersion = 1;

/** Phrases that go through the text tower at once. */
const phraseBatchSize = 32;

/** Milliseconds that a tokenizer which nobody knows has for a phrase; a slow machine takes a few. */
const phraseLimitMs = 10_000;

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
  /**
   * Compares what both towers give for bundled pictures and phrases with the recorded values; undefined where there are none.
   * Each tower is tested so before its first embedding, once on a machine.
   * @throws UserError for a tower that computes wrongly
   */
  selfTest(): Promise<SelfTestOutcome | undefined>;
  close(): Promise<void>;
}

/** Settings of `openEncoder`. */
export interface EncoderOptions {
  /** Threads of ONNX Runtime; by default one per processor. */
  readonly threads?: number;
  /** Overrides what the model or the registry say. */
  readonly logitScale?: number;
  readonly logitBias?: number;
  /** Tells where passed self-tests are remembered; the process's own by default. */
  readonly environment?: Environment;
}

/**
 * Loads a model that `locateModel` found. The towers are opened at their first use.
 * @throws UserError for a folder with a damaged, incomplete or unsupported model
 */
export async function openEncoder(model: LocatedModel, options: EncoderOptions = {}): Promise<Encoder> {
  const config = await readModelConfig(model.paths.config, model.paths.preprocessorConfig);
  const tokenizer = await loadPhraseTokenizer(model.paths.tokenizer, model.paths.tokenizerConfig, {
    ...config,
    limitMs: isRegistered(model, model.paths.tokenizer) ? undefined : phraseLimitMs,
  });
  const towers = openTowers(model, { tokenizer, normalisation: config, threads: options.threads });
  const common = { modelName: model.name, isDynamic: model.precision === "int8" };
  let dim: number | undefined;
  const sameDim = (embedded: Embeddings): Embeddings => {
    dim ??= embedded.dim;
    if (embedded.count === 0 || embedded.dim === dim) return embedded;
    throw new UserError(`${model.name}: the towers give ${dim} and ${embedded.dim} numbers`, {
      hint: "the model's files do not belong together: download or copy them again",
    });
  };
  const embedViews = async (views: readonly Uint8Array[]): Promise<Embeddings> => {
    const batchSize = Math.max(1, views.length);
    const run = (batch: readonly Uint8Array[]) => towers.runImages(batch);
    return sameDim(await embedInBatches(views, { ...common, side: "image", batchSize, run }));
  };
  const embedTexts = async (texts: readonly string[]): Promise<Embeddings> => {
    const run = (batch: readonly string[]) => towers.runTexts(tokenizer.encodeBatch(batch));
    const tower = { ...common, side: "text", batchSize: phraseBatchSize, run } as const;
    return sameDim(await embedInBatches(texts, tower));
  };
  let scaling: Promise<LogitScaling> | undefined;
  const identity = encoderIdentity(model);
  const selfTest = openSelfTest({
    name: model.name,
    identity,
    sizePx: config.sizePx,
    record: model.registered?.selfTest?.[model.precision],
    environment: options.environment ?? process.env,
    embedViews,
    embedTexts,
  });
  return {
    name: model.name,
    identity,
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
      await selfTest.require("image");
      return embedViews(views);
    },
    embedTexts: async (texts) => {
      await selfTest.require("text");
      return embedTexts(texts);
    },
    selfTest: () => selfTest.run(),
    countTokens: (text) => tokenizer.encode(text).length,
    tokenIds: (text) => tokenizer.encode(text),
    openedTowers: () => towers.opened(),
    closeTextTower: () => towers.closeTextTower(),
    close: () => towers.close(),
  };
}

/** Whether a file has the digest that the registry knows. */
function isRegistered(model: LocatedModel, path: string): boolean {
  return model.files.some((file) => file.path === path && file.checkedAgainst === "registry");
}

function encoderIdentity(model: LocatedModel): string {
  const hash = createHash("sha256").update(`clipbook preprocessing ${preprocessingVersion}\n`);
  const files = [...model.files].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, sha256 } of files) hash.update(`${name} ${sha256}\n`);
  return hash.digest("hex");
}
