import type { ComponentChildren } from "preact";
import { render } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { CoveragePrecisionCurve } from "../../src/figures/CoveragePrecisionCurve.tsx";
import { NumberFormatProvider } from "../../src/figures/evaluation/numberFormat.ts";
import { ForestPlot } from "../../src/figures/ForestPlot.tsx";
import { IntervalTrack } from "../../src/figures/IntervalTrack.tsx";
import { ReliabilityCurve } from "../../src/figures/ReliabilityCurve.tsx";
import { SharesChart } from "../../src/figures/SharesChart.tsx";
import { squareSide } from "../../src/figures/UnitSquare.tsx";
import { evaluationFormat } from "../../src/report/evaluationFormat.ts";
import { attribute, byClass, elements, parsePage, readableText } from "../report/parsePage.ts";
import { estimate, someEvaluation } from "../validation/someEvaluation.ts";

const draw = (children: ComponentChildren) =>
  parsePage(render(<NumberFormatProvider value={evaluationFormat}>{children}</NumberFormatProvider>));

describe("IntervalTrack", () => {
  const axis = { from: 0, to: 0.5, ticks: [0, 0.5] };

  it("places marks and intervals by their share of the axis, within its ends", () => {
    const page = draw(
      <IntervalTrack
        axis={axis}
        marks={[{ value: 0.25, interval: { low: 0.1, high: 0.75 }, shape: "circle" }]}
      />,
    );
    const interval = elements(page, "line").find((line) => attribute(line, "stroke-width") === "2");
    expect(interval && [attribute(interval, "x1"), attribute(interval, "x2")]).toEqual(["20%", "100%"]);
    expect(elements(page, "svg").map((svg) => attribute(svg, "x"))).toEqual([undefined, "50%"]);
  });

  it("is dotted and has no mark where nothing could be estimated", () => {
    const page = draw(<IntervalTrack axis={axis} marks={[{ value: undefined, shape: "circle" }]} />);
    expect(elements(page, "line").filter((line) => attribute(line, "stroke-dasharray"))).toHaveLength(1);
    expect(elements(page, "circle")).toHaveLength(0);
  });
});

describe("ForestPlot", () => {
  it("tells the measures apart by shape, and writes each with its interval", () => {
    const { categories, quality } = someEvaluation();
    const page = draw(<ForestPlot categories={categories} perCategory={quality.perCategory} />);
    expect(
      [elements(page, "circle"), elements(page, "rect"), elements(page, "path")].map(({ length }) => length),
    ).toEqual([5, 5, 5]);
    const first = quality.perCategory[0]?.precision;
    const bounds = [first?.interval?.low, first?.interval?.high].map((bound) => bound?.toFixed(2)).join(", ");
    expect(readableText(page)).toContain(`${first?.value?.toFixed(2)} [${bounds}]`);
  });
});

describe("SharesChart", () => {
  it("has an axis that holds the widest interval, and both shares in figures", () => {
    const page = draw(
      <SharesChart
        categories={["A"]}
        shares={[{ category: 0, raw: 0.1, corrected: estimate(0.3, 0.05, "m") }]}
      />,
    );
    // The interval ends at 40%, and so does the axis.
    const interval = elements(page, "line").find((line) => attribute(line, "stroke-width") === "2");
    expect(interval && attribute(interval, "x2")).toBe("100%");
    expect(readableText(page)).toContain("30.0% [20.0%, 40.0%]");
    expect(byClass(page, "plot-table")).toHaveLength(1);
  });
});

describe("the curves", () => {
  it("place a bin at its mean probability and share right, with its interval", () => {
    const page = draw(
      <ReliabilityCurve
        id="r"
        curve={[{ count: 9, meanProbability: 0.5, shareRight: 0.75, interval: { low: 0.5, high: 1 } }]}
      />,
    );
    const [mark] = elements(page, "circle");
    expect(mark && [attribute(mark, "cx"), attribute(mark, "cy")].map(Number)).toEqual([
      squareSide / 2,
      squareSide / 4,
    ]);
    const paths = elements(page, "path").map((path) => attribute(path, "d") ?? "");
    expect(paths).toContain(`M0 ${squareSide}L${squareSide} 0`);
    expect(paths.some((path) => path.startsWith(`M${squareSide / 2} ${squareSide / 2}V0`))).toBe(true);
    const [svg] = elements(page, "svg");
    expect(svg && attribute(svg, "aria-labelledby")).toBe("r-title r-desc");
  });

  it("draw precision against coverage, and the thresholds that were chosen", () => {
    const { abstention } = someEvaluation();
    const page = draw(<CoveragePrecisionCurve id="c" abstention={abstention} />);
    const [line] = elements(page, "polyline");
    expect(line && attribute(line, "points")?.split(" ")).toHaveLength(abstention.curve.length);
    // Of two wanted precisions one cannot be reached.
    expect(elements(page, "circle")).toHaveLength(1);
  });
});
