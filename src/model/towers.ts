import type { LocatedModel } from "./locateModel.ts";
import { openTower, type Side, type Tower, type TowerFeed, type TowerOutput } from "./openTower.ts";
import type { PhraseTokenizer, TokenBatch } from "./phraseTokenizer.ts";

/** A model's two towers, each opened at its first use; a joint graph counts as both. */
export interface Towers {
  /** `[n, 3, S, S]` -> embeddings `[n, dim]`, not normalised. */
  runImages(pixelValues: TowerFeed): Promise<TowerOutput>;
  runTexts(batch: TokenBatch): Promise<TowerOutput>;
  /** Whether both towers come in one graph, whose `logits_per_image` tells the model's logit scale. */
  readonly joint: boolean;
  /** Runs a joint graph on a grey picture and the texts. */
  runJoint(texts: readonly string[]): Promise<TowerOutput>;
  opened(): readonly Side[];
  close(): Promise<void>;
}

/** Prepares the towers; no graph is opened yet. @param sizePx side of the image tower's input */
export function openTowers(
  model: LocatedModel,
  tokenizer: PhraseTokenizer,
  sizePx: number,
  threads: number | undefined,
): Towers {
  const open = new Map<string, { readonly sides: readonly Side[]; readonly opening: Promise<Tower> }>();
  const joint = model.towers.kind === "joint";
  const tower = (side: Side) => {
    const path =
      model.towers.kind === "joint" ? model.towers.model : model.towers[side === "image" ? "vision" : "text"];
    const sides: readonly Side[] = joint ? ["image", "text"] : [side];
    const entry = open.get(path) ?? { sides, opening: openTower(path, sides, threads) };
    open.set(path, entry);
    return entry.opening;
  };
  // A joint graph wants both inputs even when only one side's answer is of interest.
  const oneText = () => textFeeds(tokenizer.encodeBatch(["a"]));
  const onePicture = (): TowerFeed => ({
    dims: [1, 3, sizePx, sizePx],
    values: new Float32Array(3 * sizePx * sizePx),
  });
  return {
    joint,
    runImages: async (pixelValues) =>
      (await tower("image")).run({ pixel_values: pixelValues, ...(joint ? oneText() : {}) }, "image"),
    runTexts: async (batch) =>
      (await tower("text")).run(
        { ...textFeeds(batch), ...(joint ? { pixel_values: onePicture() } : {}) },
        "text",
      ),
    runJoint: async (texts) => {
      const batch = tokenizer.encodeBatch(texts);
      return (await tower("text")).run({ ...textFeeds(batch), pixel_values: onePicture() }, "text");
    },
    opened: () => [...open.values()].flatMap(({ sides }) => sides),
    close: async () => {
      // One that could not be opened has said so where it was needed, and there is nothing to close.
      const openings = await Promise.allSettled([...open.values()].map(({ opening }) => opening));
      open.clear();
      for (const outcome of openings) if (outcome.status === "fulfilled") await outcome.value.close();
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
