import { type SamplePurpose, samplePurposes } from "../../src/validation/sampleSpec.ts";
import { suggestKind } from "../../src/validation/suggestDesign.ts";
import { maybeWhole } from "../review/queueAddress.ts";

/** How images are drawn, in the words of the form. */
export const designKinds = ["stratified", "split", "simple", "uncertainty"] as const;

/** One of `designKinds`. */
export type DesignKind = (typeof designKinds)[number];

/** The fields of the form that the address keeps, as they were typed. */
export interface DesignTexts {
  readonly purpose: SamplePurpose;
  readonly kind: DesignKind;
  readonly size: string;
  readonly floor: string;
  readonly least: string;
  readonly seed: string;
  /** Percent of each category's predictions that are assumed right. */
  readonly right: string;
}

/** Largest number that a field takes. */
export const mostImages = 1_000_000_000;

/** What the address says of a design; what it does not say is empty and suggested by the server. */
export function designTextsOf(query: URLSearchParams): DesignTexts {
  const purpose = samplePurposes.find((known) => known === query.get("purpose")) ?? "test";
  const text = (key: string) => query.get(key) ?? "";
  return {
    purpose,
    kind: designKinds.find((known) => known === query.get("design")) ?? suggestKind(purpose),
    size: text("size"),
    floor: text("floor"),
    least: text("least"),
    seed: query.get("seed") ?? "1",
    right: query.get("right") ?? "80",
  };
}

/** The design for the server; undefined where a field cannot be read. */
export function maybeDesign({ kind, size, floor, least, right, seed }: DesignTexts) {
  const hasFloor = kind === "stratified" || kind === "split";
  const sizeNumber = maybeWhole(size, 1, mostImages);
  const floorNumber = maybeWhole(floor, 0, mostImages);
  const leastNumber = maybeShare(least);
  const rightNumber = maybeShare(right);
  const seedNumber = maybeWhole(seed, 0);
  if (
    (size !== "" && sizeNumber === undefined) ||
    (hasFloor && floor !== "" && floorNumber === undefined) ||
    (kind === "uncertainty" && least !== "" && leastNumber === undefined) ||
    rightNumber === undefined ||
    seedNumber === undefined
  ) {
    return undefined;
  }
  return {
    design: {
      kind,
      ...(sizeNumber !== undefined && { size: sizeNumber }),
      ...(hasFloor && floorNumber !== undefined && { floor: floorNumber }),
      ...(kind === "uncertainty" && leastNumber !== undefined && { least: leastNumber }),
    },
    seed: seedNumber,
    assumedPrecision: rightNumber,
  };
}

/** A share above 0, up to 1, from percents in a text; undefined for anything else. */
export function maybeShare(percents: string): number | undefined {
  const value = Number(percents);
  return percents.trim() !== "" && value > 0 && value <= 100 ? value / 100 : undefined;
}
