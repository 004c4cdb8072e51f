import type { Study } from "../../store/openStudy.ts";
import type { StandingKind } from "../../store/unitStore.ts";
import type { UnitQuery } from "./unitQuery.ts";

/** What was said of a run's units: by one reviewer, or by anybody. */
export interface UnitVerdicts {
  /** Every kind that somebody's last word on a unit is, by position. */
  readonly kinds: ReadonlyMap<number, ReadonlySet<StandingKind>>;
  /** The newest of them, by position. */
  readonly newest: ReadonlyMap<number, StandingKind>;
}

/** The verdicts that stand now. @param reviewer only this one's */
export function readUnitVerdicts(study: Study, runId: number, reviewer: string | undefined): UnitVerdicts {
  const kinds = new Map<number, Set<StandingKind>>();
  const newest = new Map<number, StandingKind>();
  for (const { position, verdict, reviewer: whose } of study.units.standingVerdicts(runId)) {
    if (reviewer !== undefined && whose !== reviewer) continue;
    kinds.set(position, (kinds.get(position) ?? new Set()).add(verdict));
    newest.set(position, verdict);
  }
  return { kinds, newest };
}

/** Positions, in the order given, of which something, nothing, or just this was said. */
export function filterByVerdict(
  positions: Int32Array,
  { kinds }: UnitVerdicts,
  wanted: NonNullable<UnitQuery["verdict"]>,
): Int32Array {
  return positions.filter((position) => {
    const said = kinds.get(position);
    if (wanted === "none") return said === undefined;
    return said !== undefined && (wanted === "any" || said.has(wanted));
  });
}
