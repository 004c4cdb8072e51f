import type { Calibration } from "../validation/evaluation.ts";
import { squarePosition, squareSide, UnitSquare } from "./UnitSquare.tsx";

/** A bin of a reliability curve. */
export type ReliabilityBin = NonNullable<Calibration["curve"]>[number];

/** How often predictions are right against how probable they are: a mark and Wilson's 95% interval per bin, and the line of perfect calibration. */
export function ReliabilityCurve({
  id,
  curve,
}: {
  readonly id: string;
  readonly curve: readonly ReliabilityBin[];
}) {
  const most = Math.max(1, ...curve.map(({ count }) => count));
  return (
    <UnitSquare
      id={id}
      title="Reliability curve"
      description={`Share of right predictions in ${curve.length} bins of predicted probability. The table beside it has all numbers.`}
      xLabel="Mean predicted probability"
      yLabel="Share right"
    >
      <path
        d={`M0 ${squareSide}L${squareSide} 0`}
        stroke="currentColor"
        stroke-dasharray="5 4"
        stroke-opacity={0.7}
      />
      <g style="color:var(--bar)">
        {curve.map(({ count, meanProbability, shareRight, interval }) => {
          const { x, y } = squarePosition({ x: meanProbability, y: shareRight });
          const low = squarePosition({ x: 0, y: interval.low }).y;
          const high = squarePosition({ x: 0, y: interval.high }).y;
          return (
            <>
              <path
                d={`M${x} ${low}V${high}M${x - 4} ${low}h8M${x - 4} ${high}h8`}
                stroke="currentColor"
                stroke-width={1.75}
              />
              <circle
                cx={x}
                cy={y}
                r={Math.round((3 + 3 * Math.sqrt(count / most)) * 10) / 10}
                fill="currentColor"
              />
            </>
          );
        })}
      </g>
    </UnitSquare>
  );
}
