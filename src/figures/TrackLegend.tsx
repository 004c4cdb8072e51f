import { type MarkShape, markColor, TrackShape } from "./IntervalTrack.tsx";

/** What the shapes on the tracks mean. */
export function TrackLegend({
  entries,
}: {
  readonly entries: readonly { readonly shape: MarkShape; readonly label: string }[];
}) {
  return (
    <p class="track-legend">
      {entries.map(({ shape, label }) => (
        <span>
          <svg aria-hidden="true" width={14} height={14} viewBox="-7 -7 14 14" style={markColor(shape)}>
            <TrackShape shape={shape} />
          </svg>
          {label}
        </span>
      ))}
    </p>
  );
}
