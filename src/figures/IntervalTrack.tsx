import type { Interval } from "../stats/wilsonInterval.ts";

/** A shape that is told apart without colour. */
export type MarkShape = "circle" | "square" | "diamond" | "ring";

/** One figure on a track; undefined: it could not be estimated, which the track says by a dotted line. */
export interface TrackMark {
  readonly value: number | undefined;
  readonly interval?: Interval | undefined;
  readonly shape: MarkShape;
}

/** The values at the track's ends, and where its thin lines stand. */
export interface TrackAxis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

const HEIGHT_PX = 18;
const MIDDLE = HEIGHT_PX / 2;

/**
 * One line of a plot in a table's cell: marks with their intervals on a common axis. The numbers stand in the cells beside it, so that
 * it is hidden from screen readers. What lies outside of the axis is drawn at its end.
 */
export function IntervalTrack({
  marks,
  axis,
}: {
  readonly marks: readonly TrackMark[];
  readonly axis: TrackAxis;
}) {
  const at = (value: number) => `${position(value, axis)}%`;
  const isEmpty = marks.every(({ value }) => value === undefined);
  return (
    <svg class="track" aria-hidden="true" width="100%" height={HEIGHT_PX} fill="currentColor">
      <line
        x1="0%"
        x2="100%"
        y1={MIDDLE}
        y2={MIDDLE}
        stroke="currentColor"
        stroke-opacity={isEmpty ? 0.5 : 0.14}
        {...(isEmpty && { "stroke-dasharray": "1 4" })}
      />
      {axis.ticks.map((tick) => (
        <line x1={at(tick)} x2={at(tick)} y1={0} y2={HEIGHT_PX} stroke="currentColor" stroke-opacity={0.16} />
      ))}
      {marks.map(({ value, interval, shape }) =>
        value === undefined ? null : (
          <g style={markColor(shape)}>
            {interval !== undefined && (
              <>
                <line
                  x1={at(interval.low)}
                  x2={at(interval.high)}
                  y1={MIDDLE}
                  y2={MIDDLE}
                  stroke="currentColor"
                  stroke-width={2}
                />
                <EndLine x={at(interval.low)} />
                <EndLine x={at(interval.high)} />
              </>
            )}
            <svg aria-hidden="true" x={at(value)} y={MIDDLE} overflow="visible" width={1} height={1}>
              <TrackShape shape={shape} />
            </svg>
          </g>
        ),
      )}
    </svg>
  );
}

function EndLine({ x }: { readonly x: string }) {
  return <line x1={x} x2={x} y1={MIDDLE - 4} y2={MIDDLE + 4} stroke="currentColor" stroke-width={1.5} />;
}

/** Amber for what is only compared with, as a style. */
export function markColor(shape: MarkShape): string {
  return shape === "ring" ? "color:var(--amber)" : "color:var(--bar)";
}

/** A mark's shape round the origin, for tracks and their legend. */
export function TrackShape({ shape }: { readonly shape: MarkShape }) {
  if (shape === "square") return <rect x={-4.5} y={-4.5} width={9} height={9} fill="currentColor" />;
  if (shape === "diamond") return <path d="M0-6 6 0 0 6-6 0z" fill="currentColor" />;
  if (shape === "ring")
    return <circle r={4.5} fill="var(--paper, #fff)" stroke="currentColor" stroke-width={2} />;
  return <circle r={5} fill="currentColor" />;
}

/** Where a value lies between an axis' ends, in percent 0..100. */
function position(value: number, { from, to }: TrackAxis): number {
  const share = (value - from) / (to - from);
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100;
}
