import type { ComponentChildren } from "preact";

/** A point of a square plot, both 0..1. */
export interface UnitPoint {
  readonly x: number;
  readonly y: number;
}

/** Side of the plot's square, and what the numbers and words at its left and below need, in units of its drawing. */
export const squareSide = 300;
const margin = { left: 52, bottom: 46, top: 10, right: 14 };
const ticks = [0, 0.25, 0.5, 0.75, 1];

/** Where a point lies in the drawing. */
export function squarePosition({ x, y }: UnitPoint): UnitPoint {
  return { x: round(x * squareSide), y: round((1 - y) * squareSide) };
}

/** A square with axes from 0 to 100% whose drawing is given in units of `squareSide`, from the upper left corner. `id` is unique in the page. */
export function UnitSquare(props: {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly children: ComponentChildren;
}) {
  const { id, title, description, xLabel, yLabel, children } = props;
  const width = margin.left + squareSide + margin.right;
  const height = margin.top + squareSide + margin.bottom;
  return (
    <svg
      class="unit-square"
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
      viewBox={`0 0 ${width} ${height}`}
      font-size={12}
      fill="currentColor"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      <g transform={`translate(${margin.left} ${margin.top})`}>
        {ticks.map((tick) => {
          const { x, y } = squarePosition({ x: tick, y: tick });
          return (
            <>
              <path
                d={`M${x} 0V${squareSide}M0 ${y}H${squareSide}`}
                stroke="currentColor"
                stroke-opacity={tick === 0 ? 0.7 : 0.14}
              />
              <text x={x} y={squareSide + 18} text-anchor="middle">{`${tick * 100}%`}</text>
              <text x={-8} y={y + 4} text-anchor="end">{`${tick * 100}%`}</text>
            </>
          );
        })}
        <text x={squareSide / 2} y={squareSide + 38} text-anchor="middle" font-weight={600}>
          {xLabel}
        </text>
        <text
          transform={`translate(-42 ${squareSide / 2}) rotate(-90)`}
          text-anchor="middle"
          font-weight={600}
        >
          {yLabel}
        </text>
        {children}
      </g>
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
