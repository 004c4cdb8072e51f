import { hrefOf, type QueryChanges } from "../address.ts";

/** What the gallery shows, as the address says it. */
export interface GalleryState {
  /** Index into the run's categories. */
  readonly category: number | undefined;
  /** Index into the run's phrases. */
  readonly phrase: number | undefined;
  /** Probability 0..1. */
  readonly least: number | undefined;
  readonly most: number | undefined;
  readonly name: string | undefined;
  readonly verdict: VerdictFilter | undefined;
  readonly reviewer: string | undefined;
  readonly state: "failed" | undefined;
  readonly sort: GallerySort;
  readonly seed: number | undefined;
  /** A sentence by which all images are ranked. */
  readonly find: string | undefined;
  /** Position of a unit by whose image all images are ranked. */
  readonly like: number | undefined;
  /** Position of the unit that is shown large. */
  readonly open: number | undefined;
}

/** How the gallery can be sorted, and what that is called. */
export const gallerySorts = {
  probability: "Most probable first",
  margin: "Closest calls first",
  name: "By name",
  random: "In random order",
} as const;

/** A key of `gallerySorts`. */
export type GallerySort = keyof typeof gallerySorts;

/** What can be asked of reviews, and what that is called. */
export const verdictFilters = {
  any: "Reviewed",
  none: "Not reviewed",
  right: "Judged right",
  wrong: "Judged wrong",
  unsure: "Judged unsure",
} as const;

/** A key of `verdictFilters`. */
export type VerdictFilter = keyof typeof verdictFilters;

/** The state that an address says; what makes no sense in it counts as left out. */
export function readGalleryState(query: URLSearchParams): GalleryState {
  const text = (key: string) => query.get(key)?.trim() || undefined;
  const state = query.get("state");
  return {
    category: maybeIndex(query.get("category")),
    phrase: maybeIndex(query.get("phrase")),
    least: maybeShare(query.get("least")),
    most: maybeShare(query.get("most")),
    name: text("name"),
    verdict: maybeKey(verdictFilters, query.get("verdict")),
    reviewer: text("reviewer"),
    state: state === "failed" ? "failed" : undefined,
    sort: maybeKey(gallerySorts, query.get("sort")) ?? "probability",
    seed: maybeIndex(query.get("seed")),
    find: text("find"),
    like: maybeIndex(query.get("like")),
    open: maybeIndex(query.get("open")),
  };
}

/** The filters of a state that are on, the category aside. */
export function activeFilters({ phrase, least, most, name, verdict, reviewer }: GalleryState): number {
  const isOn = [phrase, name, verdict, reviewer, least ?? most];
  return isOn.filter((value) => value !== undefined).length;
}

/** Changes that switch all these filters off. */
export const withoutFilters: QueryChanges = {
  phrase: undefined,
  least: undefined,
  most: undefined,
  name: undefined,
  verdict: undefined,
  reviewer: undefined,
};

/** What of the state the server is asked for; keys that are not there are not sent. */
export function listingQuery({ open: _, ...state }: GalleryState): Readonly<Record<string, string>> {
  const given = Object.entries(state).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
}

/** An address of the gallery with changes to the present one; what is shown large is closed unless they say otherwise. */
export function galleryHref(query: URLSearchParams, changes: QueryChanges): string {
  return hrefOf("/", { open: undefined, ...changes }, query);
}

function maybeIndex(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function maybeShare(text: string | null): number | undefined {
  if (text === null || !/^\d(\.\d{1,12})?$/.test(text)) return undefined;
  return Number(text) <= 1 ? Number(text) : undefined;
}

function maybeKey<Key extends string>(keys: Readonly<Record<Key, unknown>>, text: string | null) {
  return text !== null && Object.hasOwn(keys, text) ? (text as Key) : undefined;
}
