import type { ComponentChildren } from "preact";
import type { Quality } from "../validation/evaluation.ts";
import { useNumberFormat } from "./evaluation/numberFormat.ts";

/** From so many categories on, columns are numbered, and cells have counts only: names and percentages would not fit. */
export const numberedFrom = 8;
/** From so many on, it stands on a landscape page of its own. */
const landscapeFrom = 16;
/** The darkest cell's part of the bar's colour in percent: letters keep a contrast of 4.5:1 on it, in light and dark. */
const darkestPercent = 55;

/** What the matrix needs; `wrapCell` makes a cell's content a link or a button to its images. */
export interface ConfusionMatrixProps {
  readonly categories: readonly string[];
  readonly quality: Pick<Quality, "counts" | "weighted" | "units">;
  readonly wrapCell?: (cell: {
    readonly truth: number;
    readonly predicted: number;
    readonly content: ComponentChildren;
  }) => ComponentChildren;
}

/**
 * True categories as rows, predicted ones as columns. A cell has the number of coded images and the share of all images that it stands
 * for; the stronger the colour, the larger its part of the row. Right ones are framed, so that it reads in greyscale, too.
 */
export function ConfusionMatrix({ categories, quality, wrapCell }: ConfusionMatrixProps) {
  const { counts, weighted, units } = quality;
  const { count, percent } = useNumberFormat();
  const isNumbered = categories.length >= numberedFrom;
  const columnSums = categories.map((_, predicted) => sum(counts.map((row) => row[predicted] ?? 0)));
  const columnShares = categories.map((_, predicted) => sum(weighted.map((row) => row[predicted] ?? 0)));
  const kinds = [isNumbered && "numbered", categories.length >= landscapeFrom && "landscape"].filter(
    (kind) => kind !== false,
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached by keyboard
    <section class={["matrix-frame", ...kinds].join(" ")} aria-label="Confusion matrix" tabIndex={0}>
      <table class="matrix" style={{ "--columns": String(categories.length + 1) }}>
        <caption class="unseen">Confusion matrix: true categories as rows, predicted ones as columns</caption>
        <thead>
          <tr>
            <td class="corner">
              <span>Truly ↓</span> <span>Predicted →</span>
            </td>
            {categories.map((name, index) => (
              <th scope="col" class="of-category">
                {isNumbered ? <abbr title={name}>{index + 1}</abbr> : <bdi>{name}</bdi>}
              </th>
            ))}
            <th scope="col" class="total">
              All
            </th>
          </tr>
        </thead>
        <tbody>
          {categories.map((name, truth) => {
            const row = counts[truth] ?? [];
            const rowSum = sum(row);
            return (
              <tr>
                <th scope="row">
                  {isNumbered && <b>{truth + 1}</b>} <bdi>{name}</bdi>
                </th>
                {categories.map((predictedName, predicted) => {
                  const value = row[predicted] ?? 0;
                  const share = weighted[truth]?.[predicted] ?? 0;
                  const label = `${isNumbered ? ` ${percent(share)} of all` : " of all"}, truly ${name}, predicted as ${predictedName}`;
                  const content = (
                    <>
                      <b>{count(value)}</b>
                      {!isNumbered && <small>{percent(share)}</small>}
                      <span class="unseen">{label}</span>
                    </>
                  );
                  return (
                    <td
                      class={truth === predicted ? "right" : undefined}
                      {...(value > 0 && { style: { "--shade": shade(value / rowSum) } })}
                    >
                      {value === 0 ? (
                        <span class="none">·</span>
                      ) : (
                        (wrapCell?.({ truth, predicted, content }) ?? content)
                      )}
                    </td>
                  );
                })}
                <td class="total">
                  <b>{count(rowSum)}</b>
                  {!isNumbered && <small>{percent(sum(weighted[truth] ?? []))}</small>}
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {columnSums.map((total, predicted) => (
              <td class="total">
                <b>{count(total)}</b>
                {!isNumbered && <small>{percent(columnShares[predicted] ?? 0)}</small>}
              </td>
            ))}
            <td class="total">
              <b>{count(units)}</b>
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function shade(rowShare: number): string {
  return `${Math.round(rowShare * darkestPercent)}%`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
