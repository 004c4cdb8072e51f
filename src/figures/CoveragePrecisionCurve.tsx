import type { Abstention } from "../validation/evaluation.ts";
import { squarePosition, squareSide, UnitSquare } from "./UnitSquare.tsx";

/** How precise the predictions are that remain when the least sure ones are left out. */
export function CoveragePrecisionCurve({
  id,
  abstention,
}: {
  readonly id: string;
  readonly abstention: Abstention;
}) {
  const { curve, targets } = abstention;
  const points = curve.map(({ coverage, precision }) => squarePosition({ x: coverage, y: precision }));
  return (
    <UnitSquare
      id={id}
      title="Coverage and precision"
      description={`Precision of the predictions that are kept, from the surest few to all, at ${curve.length} thresholds.`}
      xLabel="Share of images that are classified"
      yLabel="Share of them that is right"
    >
      {targets.map(({ target }) => {
        const { y } = squarePosition({ x: 0, y: target });
        return <path d={`M0 ${y}H${squareSide}`} stroke="var(--amber)" stroke-dasharray="5 4" />;
      })}
      <polyline
        points={points.map(({ x, y }) => `${x},${y}`).join(" ")}
        fill="none"
        stroke="var(--bar)"
        stroke-width={2.25}
        stroke-linejoin="round"
      />
      <g style="color:var(--bar)">
        {targets.map(({ precision, coverage }) => {
          if (coverage === undefined || precision.value === undefined) return null;
          const { x, y } = squarePosition({ x: coverage, y: precision.value });
          return <circle cx={x} cy={y} r={5} fill="currentColor" />;
        })}
      </g>
    </UnitSquare>
  );
}
