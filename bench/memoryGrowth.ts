import type { SizePoint } from "./sizePlot.ts";

/** How much more memory a ten times larger run held. */
export interface MemoryGrowth {
  readonly from: number;
  readonly to: number;
  readonly peakMb: number;
  readonly indexingMb: number;
}

/** The largest run compared with the one before it; undefined where there is only one. Points by size, ascending. */
export function memoryGrowth(points: readonly SizePoint[]): MemoryGrowth | undefined {
  const [smaller, larger] = points.slice(-2);
  if (smaller === undefined || larger === undefined) return undefined;
  return {
    from: smaller.pictures,
    to: larger.pictures,
    peakMb: larger.peakMb - smaller.peakMb,
    indexingMb: larger.indexingMb - smaller.indexingMb,
  };
}
