import type { LocatedModel } from "./locateModel.ts";
import type { Side, TowerFeed, TowerFeeds, TowerOutput } from "./openGraph.ts";
import { openTower, type Tower } from "./openTower.ts";
import type { PhraseTokenizer, TokenBatch } from "./phraseTokenizer.ts";
import type { PixelNormalisation } from "./pixelValues.ts";

/** A model's two towers, each opened at its first use; a joint graph counts as both. */
export interface Towers {
  /** Square views, RGB `[S, S, 3]` each -> embeddings `[n, dim]`, not of unit length. */
  runImages(views: readonly Uint8Array[]): Promise<TowerOutput>;
  runTexts(batch: TokenBatch): Promise<TowerOutput>;
  /** Whether both towers come in one graph, whose `logits_per_image` tells the model's logit scale. */
  readonly joint: boolean;
  /** Runs a joint graph on a grey picture and the texts. */
  runJoint(texts: readonly string[]): Promise<TowerOutput>;
  /** Sides whose tower had to be opened, also if it is closed by now. */
  opened(): readonly Side[];
  /** Gives back the memory of the text tower, unless it is the image tower, too; the next text opens it again. */
  closeTextTower(): Promise<void>;
  close(): Promise<void>;
}

/** What the towers of one model need besides its graphs. */
export interface TowersSpec {
  readonly tokenizer: PhraseTokenizer;
  readonly normalisation: PixelNormalisation;
  /** Threads of ONNX Runtime for each tower; by default one per processor. */
  readonly threads: number | undefined;
}

/**
 * Dynamic quantisation scales by the largest activation of a whole batch, so that an int8 tower gets its pictures one by
 * one; several lanes keep the processors as busy as batches would. Each lane has its copy of the weights, hence not more.
 */
const mostInt8Lanes = 4;

/** Prepares the towers; no graph is opened yet. */
export function openTowers(model: LocatedModel, spec: TowersSpec): Towers {
  const { tokenizer, normalisation, threads } = spec;
  const { sizePx } = normalisation;
  const open = new Map<string, Promise<Tower>>();
  const opened = new Set<Side>();
  const joint = model.towers.kind === "joint";
  const tower = (side: Side) => {
    const path =
      model.towers.kind === "joint" ? model.towers.model : model.towers[side === "image" ? "vision" : "text"];
    const sides: readonly Side[] = joint ? ["image", "text"] : [side];
    // Texts are few: more lanes would take longer to open than they save.
    const isInt8 = model.precision === "int8";
    const lanes = isInt8 && sides.includes("image") ? mostInt8Lanes : 1;
    const opening = open.get(path) ?? openTower(path, sides, { threads, lanes, isInt8 });
    open.set(path, opening);
    for (const known of sides) opened.add(known);
    return opening;
  };
  const close = async (path: string) => {
    const opening = open.get(path);
    open.delete(path);
    // One that could not be opened has said so where it was needed, and there is nothing to close.
    const tower = await opening?.catch(() => undefined);
    await tower?.close();
  };
  // A joint graph wants both inputs even when only one side's answer is of interest.
  const oneText = () => textFeeds(tokenizer.encodeBatch(["a"]));
  const greyPicture = (): TowerFeed => ({
    dims: [1, 3, sizePx, sizePx],
    values: new Float32Array(3 * sizePx * sizePx),
  });
  const run = async (side: Side, feeds: TowerFeeds) => (await tower(side)).run(feeds, side);
  return {
    joint,
    runImages: (views) =>
      run("image", { pixel_values: { views, normalisation }, ...(joint ? oneText() : {}) }),
    runTexts: (batch) =>
      run("text", { ...textFeeds(batch), ...(joint ? { pixel_values: greyPicture() } : {}) }),
    runJoint: (texts) =>
      run("text", { ...textFeeds(tokenizer.encodeBatch(texts)), pixel_values: greyPicture() }),
    opened: () => [...opened],
    closeTextTower: async () => {
      if (model.towers.kind === "separate") await close(model.towers.text);
    },
    close: async () => {
      await Promise.all([...open.keys()].map(close));
    },
  };
}

function textFeeds({ inputIds, attentionMask, count, length }: TokenBatch): Record<string, TowerFeed> {
  const dims = [count, length];
  const positions = BigInt64Array.from({ length: count * length }, (_, i) => BigInt(i % length));
  return {
    input_ids: { dims, values: inputIds },
    attention_mask: { dims, values: attentionMask },
    position_ids: { dims, values: positions },
  };
}
