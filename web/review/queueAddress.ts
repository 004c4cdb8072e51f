import { defaultQueue, mostPictures, type QueueSpec } from "../../src/review/queueSpec.ts";
import type { QueryChanges } from "../address.ts";

/** The queue that an address names; undefined where it names none, or one that cannot be. */
export function maybeQueueOf(query: URLSearchParams): QueueSpec | undefined {
  const kind = query.get("kind");
  if (kind !== "random" && kind !== "uncertain") return undefined;
  const n = maybeWhole(query.get("n"), 1, mostPictures);
  const seed = maybeWhole(query.get("seed") ?? String(defaultQueue.seed), 0);
  const category = query.get("category");
  if (n === undefined || seed === undefined) return undefined;
  if (category === null) return { kind, n, seed };
  const index = maybeWhole(category, 0);
  return index === undefined ? undefined : { kind, n, seed, category: index };
}

/** The keys of an address that name a queue. */
export function queueChanges({ kind, n, seed, category }: QueueSpec): QueryChanges {
  return { kind, n, seed: kind === "random" ? seed : undefined, category, pass: undefined };
}

/** The same as the server takes it. */
export function queueQuery({ kind, n, seed, category }: QueueSpec) {
  return { kind, n: String(n), seed: String(seed), ...(category !== undefined && { category }) };
}

/** A whole number from `least` to `most` in a text; undefined for anything else. */
export function maybeWhole(text: string | null, least: number, most = Number.MAX_SAFE_INTEGER) {
  if (text === null || !/^\d{1,15}$/.test(text.trim())) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}
