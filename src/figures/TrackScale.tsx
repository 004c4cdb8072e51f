import type { TrackAxis } from "./IntervalTrack.tsx";

/** The numbers along a track's axis, for the head of its column. */
export function TrackScale({
  axis,
  formatTick,
}: {
  readonly axis: TrackAxis;
  readonly formatTick: (value: number) => string;
}) {
  const { from, to, ticks } = axis;
  return (
    <svg class="track" aria-hidden="true" width="100%" height={14} fill="currentColor" font-size={11}>
      {ticks.map((tick) => (
        <text
          x={`${((tick - from) / (to - from)) * 100}%`}
          y={11}
          text-anchor={tick === from ? "start" : tick === to ? "end" : "middle"}
        >
          {formatTick(tick)}
        </text>
      ))}
    </svg>
  );
}
