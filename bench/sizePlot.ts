import { h } from "preact";
import { renderToString } from "preact-render-to-string";

/** One run of `clipbook classify` on a fresh study. */
export interface SizePoint {
  readonly pictures: number;
  /** Pictures per second of the whole command, start-up included. */
  readonly rate: number;
  /** The most that it held, table and overview included. */
  readonly peakMb: number;
  /** The middle of what it held while it indexed. */
  readonly indexingMb: number;
}

interface Line {
  readonly name: string;
  readonly color: string;
  readonly values: readonly number[];
}

const panel = { width: 340, height: 220, left: 60, right: 36, top: 44, bottom: 44 } as const;
// Okabe and Ito's colours, which people tell apart however they see them.
const blue = "#0072b2";
const orange = "#d55e00";

/**
 * Rate and memory against the number of pictures, two panels in one SVG; the sizes on a logarithmic axis, the values from
 * zero.
 * @throws RangeError for fewer than two sizes
 */
export function sizePlot(points: readonly SizePoint[], caption: string): string {
  if (points.length < 2) throw new RangeError(`${points.length} sizes make no plot`);
  const sizes = points.map(({ pictures }) => pictures);
  const rate = [{ name: "rate", color: blue, values: points.map((point) => point.rate) }];
  const memory = [
    { name: "peak of the command", color: orange, values: points.map(({ peakMb }) => peakMb) },
    { name: "median while indexing", color: blue, values: points.map(({ indexingMb }) => indexingMb) },
  ];
  const width = 2 * panel.width;
  const height = panel.height + 24;
  const drawing = h(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      "font-family": "system-ui, sans-serif",
      "font-size": 12,
      role: "img",
    },
    h("title", null, caption),
    h("rect", { width, height, fill: "white" }),
    drawPanel("Images per second, start-up included", sizes, rate, 0),
    drawPanel("Resident memory, MB", sizes, memory, panel.width),
    h("text", { x: panel.left, y: height - 8, fill: "#555", "font-size": 11 }, caption),
  );
  return `${renderToString(drawing)}\n`;
}

function drawPanel(title: string, sizes: readonly number[], lines: readonly Line[], offset: number) {
  const first = Math.log10(Math.min(...sizes));
  const last = Math.log10(Math.max(...sizes));
  const highest = roundUp(Math.max(...lines.flatMap(({ values }) => values)));
  const bottom = panel.height - panel.bottom;
  const x = (size: number) =>
    round(
      panel.left + ((Math.log10(size) - first) / (last - first)) * (panel.width - panel.left - panel.right),
    );
  const y = (value: number) => round(bottom - (value / highest) * (bottom - panel.top));
  const ticks = [0, highest / 2, highest];
  return h(
    "g",
    { transform: `translate(${offset} 0)` },
    h("text", { x: panel.left, y: 20, "font-weight": 600 }, title),
    ticks.map((tick) => [
      h("line", { x1: panel.left, x2: panel.width - panel.right, y1: y(tick), y2: y(tick), stroke: "#ddd" }),
      h("text", { x: panel.left - 8, y: y(tick) + 4, "text-anchor": "end" }, tick.toLocaleString("en-US")),
    ]),
    sizes.map((size) =>
      h("text", { x: x(size), y: bottom + 18, "text-anchor": "middle" }, size.toLocaleString("en-US")),
    ),
    h("text", { x: panel.left, y: bottom + 36, fill: "#555" }, "pictures"),
    lines.map(({ color, values, name }, i) => [
      h("polyline", {
        points: values.map((value, at) => `${x(sizes[at] as number)},${y(value)}`).join(" "),
        fill: "none",
        stroke: color,
        "stroke-width": 2,
      }),
      values.map((value, at) =>
        h("circle", { cx: x(sizes[at] as number), cy: y(value), r: 3.5, fill: color }),
      ),
      lines.length > 1 && h("text", { x: panel.left + i * 130, y: 38, fill: color, "font-size": 11 }, name),
    ]),
  );
}

/** The next number of the kind 1, 2, 4, 5 or 8 times a power of ten, so that half of it is round, too. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 5, 8, 10].find((step) => step * power >= value) as number) * power;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
