import type { StandingKind } from "../../store/unitStore.ts";

/** How a listing of units is sorted; equal ones come in the results table's order. */
export type UnitSort = "probability" | "margin" | "name" | "random" | "position";

/** All sorts, the default first. */
export const unitSorts: readonly UnitSort[] = ["probability", "margin", "name", "random", "position"];

/** Which units a listing shows. */
export interface UnitFilter {
  /** Index into the codebook's categories. */
  readonly category?: number | undefined;
  /** Index into the codebook's phrases: units that it won. */
  readonly phrase?: number | undefined;
  /** Probability 0..1, both ends included; a unit that failed has none. */
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  /** Part of the name, in any case. */
  readonly name?: string | undefined;
  readonly state?: "classified" | "failed" | "all" | undefined;
}

/** What a listing of a run's units is asked for. */
export interface UnitQuery extends UnitFilter {
  /** What a reviewer said of them, this one or any: nothing, something, or this. */
  readonly verdict?: StandingKind | "none" | "any" | undefined;
  readonly reviewer?: string | undefined;
  readonly sort?: UnitSort | undefined;
  /** Of the random order. */
  readonly seed?: number | undefined;
  /** A sentence: all images by their cosine with it, whatever the sort. */
  readonly find?: string | undefined;
  /** Position of a unit: all images by their cosine with its image, whatever the sort. */
  readonly like?: number | undefined;
  /** The first unit of the page, from 0. */
  readonly from?: number | undefined;
  readonly limit?: number | undefined;
  /** Position of a unit whose place in the listing is to be told. */
  readonly near?: number | undefined;
}

/** Settings of a listing unless told otherwise. */
export const unitQueryDefaults = { sort: "probability", seed: 1, limit: 100, mostLimit: 500 } as const;
