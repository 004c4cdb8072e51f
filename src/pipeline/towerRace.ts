import type { Embeddings } from "../embeddings.ts";
import type { Encoder } from "../model/openEncoder.ts";
import { median } from "../stats/median.ts";

/** How fast two image towers were in the same rounds. */
export interface TowerSpeed {
  /** Rounds that count, each on one batch and with both towers: those of the largest batch that there was. */
  readonly rounds: number;
  /** Medians over the rounds, images per second. */
  readonly float32PerSecond: number;
  readonly int8PerSecond: number;
  /** Median over the rounds of how many times faster int8 was. */
  readonly ratio: number;
}

/** Two encoders that embed the same pictures in turns, on the clock. */
export interface TowerRace {
  /** Embeds the pictures with both, once more where the clock has not run before: the first time opens the towers. */
  embedBoth(
    views: readonly Uint8Array[],
  ): Promise<{ readonly float32: Embeddings; readonly int8: Embeddings }>;
  /** undefined before the first round. */
  maybeSpeed(): TowerSpeed | undefined;
}

/** Starts without a round. @param now milliseconds */
export function startTowerRace(
  float32: Encoder,
  int8: Encoder,
  now: () => number = () => performance.now(),
): TowerRace {
  const rounds: { readonly pictures: number; readonly float32Rate: number; readonly int8Rate: number }[] = [];
  const clocked = async (encoder: Encoder, views: readonly Uint8Array[]) => {
    const startMs = now();
    const vectors = await encoder.embedViews(views);
    return { vectors, perSecond: (views.length * 1000) / (now() - startMs) };
  };
  let isWarm = false;
  return {
    embedBoth: async (views) => {
      if (!isWarm) for (const encoder of [float32, int8]) await encoder.embedViews(views);
      isWarm = true;
      // Whoever comes first finds the processor as the other one's last round left it: the order changes.
      const int8First = rounds.length % 2 === 1 ? await clocked(int8, views) : undefined;
      const exact = await clocked(float32, views);
      const rounded = int8First ?? (await clocked(int8, views));
      rounds.push({ pictures: views.length, float32Rate: exact.perSecond, int8Rate: rounded.perSecond });
      return { float32: exact.vectors, int8: rounded.vectors };
    },
    maybeSpeed: () => {
      if (rounds.length === 0) return undefined;
      // A rest of few pictures leaves lanes and threads idle: it tells nothing about a collection.
      const largest = Math.max(...rounds.map(({ pictures }) => pictures));
      const full = rounds.filter(({ pictures }) => pictures === largest);
      return {
        rounds: full.length,
        float32PerSecond: median(full.map(({ float32Rate }) => float32Rate)) as number,
        int8PerSecond: median(full.map(({ int8Rate }) => int8Rate)) as number,
        ratio: median(full.map(({ float32Rate, int8Rate }) => int8Rate / float32Rate)) as number,
      };
    },
  };
}
