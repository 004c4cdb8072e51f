import { overlapCountText, sampleWord } from "../../src/validation/overlapText.ts";
import { formatCount, formatPercent, formatPoints } from "../format.ts";
import type { PlanAnswer } from "./sampleAnswers.ts";

type Metric = { readonly expected: number; readonly halfWidth: number } | undefined;

/** What a sample would be and tell: what is left out, how many of each category, and how wide the intervals would be. */
export function PlanView({ plan }: { readonly plan: PlanAnswer }) {
  const { expected, names, parts, design } = plan;
  const isChance = design.kind === "uncertainty";
  return (
    <>
      <p class="plan-sentence">
        <b>
          {isChance ? "About " : ""}
          {formatCount(design.size)} of {formatCount(plan.frameSize)} images
        </b>
        , {plan.designText}.
      </p>
      <LeftOut left={plan.left} />
      <Overlaps overlaps={plan.overlaps} />
      <h3 id="widths">How exact the figures will be</h3>
      <p class="soft small">
        95% intervals, in percentage points to either side, if the assumed share of each category’s
        predictions is right. Before anything is coded nobody knows; the coded sample will tell its own
        intervals.
      </p>
      <dl class="plan-totals">
        <div>
          <dt>Accuracy</dt>
          <Width as="dd" metric={expected.accuracy} />
        </div>
        <div>
          <dt>Macro-F1</dt>
          <Width as="dd" metric={expected.macroF1} />
        </div>
      </dl>
      <table class="plan-table" aria-labelledby="widths">
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col">Precision</th>
            <th scope="col">Recall</th>
            <th scope="col">F1</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {expected.categories.map(({ precision, recall, f1, share }, category) => (
            <tr key={names[category]}>
              <th scope="row">
                <bdi>{names[category]}</bdi>
              </th>
              <Width as="td" metric={precision} />
              <Width as="td" metric={recall} />
              <Width as="td" metric={f1} />
              <Width as="td" metric={share} />
            </tr>
          ))}
        </tbody>
      </table>
      <h3 id="parts">How many of each category</h3>
      <table class="parts-table" aria-labelledby="parts">
        <thead>
          <tr>
            <th scope="col">Predicted as</th>
            <th scope="col" class="number">
              Images
            </th>
            <th scope="col" class="number">
              {isChance ? "Expected" : "Drawn"}
            </th>
            <th scope="col" class="number">
              Probability
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={`${part.category} ${part.half ?? ""}`}>
              <th scope="row">
                <bdi>{names[part.category]}</bdi>
                {part.half !== undefined && <span class="soft">, {part.half} half</span>}
              </th>
              <td class="number">{formatCount(part.size)}</td>
              <td class="number">{formatCount(Math.round(part.drawn * 10) / 10)}</td>
              <td class="number">{probabilityText(part)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Half an interval's width in points, and the interval as a line with a dot at the expected value. */
function Width({ as: Cell, metric }: { readonly as: "td" | "dd"; readonly metric: Metric }) {
  if (metric === undefined) return <Cell class="soft">–</Cell>;
  const { expected, halfWidth } = metric;
  const low = Math.max(0, expected - halfWidth);
  const high = Math.min(1, expected + halfWidth);
  return (
    <Cell>
      <span class="half-width">±{formatPoints(halfWidth)}</span>
      <i
        class="interval"
        aria-hidden="true"
        style={{ "--low": cssPercent(low), "--high": cssPercent(high), "--share": cssPercent(expected) }}
      />
    </Cell>
  );
}

function LeftOut({ left }: { readonly left: PlanAnswer["left"] }) {
  const parts = [
    [left.inSamples, "in other samples"],
    [left.reviewed, "judged in a review"],
    [left.examples, "examples of the codebook"],
    [left.failedUnits, "that could not be classified"],
    [left.doubledUnits, "that show the same picture as another"],
  ] as const;
  const told = parts.filter(([count]) => count > 0);
  return (
    <p class="soft small left-out">
      {told.length === 0
        ? "Nothing is left out."
        : `Left out: ${told.map(([count, words]) => `${formatCount(count)} ${words}`).join(", ")}.`}
    </p>
  );
}

function Overlaps({ overlaps }: { readonly overlaps: PlanAnswer["overlaps"] }) {
  return overlaps.map(({ name, purpose, images }) => (
    <p key={name} class="soft small overlap">
      {capital(overlapCountText(images, true))} in the {sampleWord(purpose)} <bdi>{name}</bdi>.
    </p>
  ));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function probabilityText({ least, most }: PlanAnswer["parts"][number]): string {
  if (least === undefined || most === undefined) return "–";
  const [low, high] = [formatPercent(least), formatPercent(most)];
  return low === high ? low : `${low} to ${high}`;
}

function cssPercent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
