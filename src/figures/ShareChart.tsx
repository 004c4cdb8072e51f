import { shareAxis } from "./shareAxis.ts";
import { wrapLabel } from "./wrapLabel.ts";

/** One bar: a category, its share 0..1 and the text at the bar's end ("412 · 29.0%"). */
export interface ShareBar {
  readonly label: string;
  readonly share: number;
  readonly valueText: string;
  /** A residual category is drawn in grey. */
  readonly residual: boolean;
}

/** What the chart needs; `id` is unique in the page and a plain word. */
export interface ShareChartProps {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly bars: readonly ShareBar[];
  /** The share (0..1) the axis must hold, at least the largest bar's: two charts with the same one compare. */
  readonly largestShare: number;
  /** Writes a share (0..1) at an axis mark. */
  readonly formatTick: (share: number) => string;
}

// 36 letters and a value of 14 fit beside each other at 13 px in a phone's 350 px.
const LABEL = { maxWidth: 36, maxLines: 2 };
const FONT_PX = 13;
const LINE_PX = 17;
const BAR_PX = 11;
const ROW_GAP_PX = 15;
const AXIS_PX = 24;

/** Mid-tones with a contrast above 3:1 on white and on near-black; a page may set its own by these variables. */
const BAR_FILL = "var(--figure-bar, #3a7ca5)";
const RESIDUAL_FILL = "var(--figure-residual, #8a857b)";

/**
 * Horizontal bars of the categories' shares, in the order given. Lengths are percentages of whatever width the
 * page gives while heights and letters are fixed, so that the text stays as large on a phone as on a screen.
 */
export function ShareChart({ id, title, description, bars, largestShare, formatTick }: ShareChartProps) {
  const axis = shareAxis(largestShare);
  const position = (share: number) => `${round((share / axis.top) * 100)}%`;
  let y = AXIS_PX;
  const rows = bars.map((bar) => {
    const lines = wrapLabel(bar.label, LABEL);
    const row = { bar, lines, y };
    y += Math.max(1, lines.length) * LINE_PX + BAR_PX + ROW_GAP_PX;
    return row;
  });
  return (
    <svg
      class="share-chart"
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
      width="100%"
      height={y}
      font-size={FONT_PX}
      fill="currentColor"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {axis.ticks.map((tick, index) => (
        <g>
          <line
            x1={position(tick)}
            x2={position(tick)}
            y1={AXIS_PX - 6}
            y2={y - ROW_GAP_PX + 4}
            stroke="currentColor"
            stroke-opacity={index === 0 ? 0.7 : 0.16}
          />
          <text
            x={position(tick)}
            y={11}
            font-size={11}
            fill-opacity={0.72}
            text-anchor={anchor(index, axis.ticks)}
          >
            {formatTick(tick)}
          </text>
        </g>
      ))}
      {rows.map((row) => (
        <ShareRow {...row} width={position(row.bar.share)} />
      ))}
    </svg>
  );
}

function ShareRow(row: {
  readonly bar: ShareBar;
  readonly lines: readonly string[];
  readonly y: number;
  readonly width: string;
}) {
  const { bar, lines, y, width } = row;
  const lastBaseline = y + Math.max(1, lines.length) * LINE_PX - 4;
  return (
    <g>
      {lines.map((line, index) => (
        <text x={6} y={y + (index + 1) * LINE_PX - 4} font-weight={600}>
          {isolate(line)}
        </text>
      ))}
      <text x="100%" dx={-6} y={lastBaseline} text-anchor="end" style="font-variant-numeric:tabular-nums">
        {bar.valueText}
      </text>
      <rect
        x={0}
        y={lastBaseline + 6}
        width={width}
        height={BAR_PX}
        fill={bar.residual ? RESIDUAL_FILL : BAR_FILL}
        style="print-color-adjust:exact"
      />
    </g>
  );
}

function anchor(index: number, ticks: readonly number[]): "start" | "middle" | "end" {
  if (index === 0) return "start";
  return index === ticks.length - 1 ? "end" : "middle";
}

/** First-strong isolation (Unicode UAX 9): SVG text has no dir="auto". */
function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

function round(percent: number): number {
  return Math.round(percent * 100) / 100;
}
