import { render } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { ShareChart } from "../../src/figures/ShareChart.tsx";
import { attribute, elements, parsePage, textOf } from "../report/parsePage.ts";

const BARS = [
  { label: "Rallies", share: 0.5, valueText: "50 · 50.0%", residual: false },
  {
    label: "People shaking hands or posing together outdoors",
    share: 0.3,
    valueText: "30 · 30.0%",
    residual: false,
  },
  { label: "Other", share: 0.2, valueText: "20 · 20.0%", residual: true },
];

function chart(bars = BARS) {
  return parsePage(
    render(
      <ShareChart
        id="chart"
        title="Shares"
        description="Three bars."
        bars={bars}
        largestShare={0.5}
        formatTick={(share) => `${share * 100} %`}
      />,
    ),
  );
}

describe("ShareChart", () => {
  it("draws every bar as long as its share on the axis", () => {
    // Marks in steps of 10 end the axis at 50%.
    expect(elements(chart(), "rect").map((bar) => attribute(bar, "width"))).toEqual(["100%", "60%", "40%"]);
  });

  it("keeps bars and texts from overlapping", () => {
    const page = chart();
    const boxes = [
      ...elements(page, "rect").map((bar) => {
        const top = Number(attribute(bar, "y"));
        return { top, bottom: top + Number(attribute(bar, "height")) };
      }),
      ...elements(page, "text")
        .filter((text) => attribute(text, "x") === "6")
        .map((text) => ({
          top: Number(attribute(text, "y")) - 10,
          bottom: Number(attribute(text, "y")) + 3,
        })),
    ].toSorted((a, b) => a.top - b.top);
    expect(boxes).toHaveLength(7);
    boxes.slice(1).forEach((box, index) => {
      expect(box.top).toBeGreaterThanOrEqual(boxes[index]?.bottom ?? Number.NaN);
    });
    const [svg] = elements(page, "svg");
    expect(Number(svg && attribute(svg, "height"))).toBeGreaterThan(boxes.at(-1)?.bottom ?? Number.NaN);
  });

  it("writes labels, values and axis marks", () => {
    const texts = elements(chart(), "text").map((text) => textOf(text).replace(/[\u2068\u2069]/g, ""));
    expect(texts).toEqual(expect.arrayContaining(["Rallies", "50 · 50.0%", "0 %", "50 %"]));
    expect(texts).toEqual(expect.arrayContaining(["People shaking hands or posing", "together outdoors"]));
  });

  it("names and describes itself to a screen reader", () => {
    const page = chart();
    const [svg] = elements(page, "svg");
    const ids = (svg && attribute(svg, "aria-labelledby"))?.split(" ") ?? [];
    const named = [...elements(page, "title"), ...elements(page, "desc")].filter((node) =>
      ids.includes(attribute(node, "id") ?? ""),
    );
    expect(named.map(textOf)).toEqual(["Shares", "Three bars."]);
  });

  it("draws a residual category in another colour than the others", () => {
    const fills = elements(chart(), "rect").map((bar) => attribute(bar, "fill"));
    expect(fills[0]).toBe(fills[1]);
    expect(fills[2]).not.toBe(fills[0]);
  });

  it("draws a share of zero as a bar of no length", () => {
    const [bar] = elements(chart([{ label: "None", share: 0, valueText: "0", residual: false }]), "rect");
    expect(bar && attribute(bar, "width")).toBe("0%");
  });
});
