import { sampleWithoutReplacement, seededRandom } from "../../src/seededRandom.ts";

/** The draws a picture is made of, all from one seed. */
export interface Chance {
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** A whole number, both ends included. */
  whole(low: number, high: number): number;
  /** True with this probability. */
  happens(probability: number): boolean;
  /** One of the items. */
  pick<Item>(items: readonly Item[]): Item;
  /** Several different items in random order. */
  pickSeveral<Item>(items: readonly Item[], size: number): readonly Item[];
}

/** The draws of one seed, always the same. */
export function createChance(seed: number): Chance {
  const random = seededRandom(seed);
  const between = (low: number, high: number) => low + random() * (high - low);
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  return {
    between,
    whole,
    happens: (probability) => random() < probability,
    pick: <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item,
    pickSeveral: (items, size) => sampleWithoutReplacement(items, size, random),
  };
}
