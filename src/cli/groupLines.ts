import { estimateText } from "../figures/evaluation/estimateText.ts";
import { pText } from "../figures/evaluation/pText.ts";
import type { GroupedShares } from "../validation/evaluation.ts";
import { shortenedName } from "./displayWidth.ts";
import { printable } from "./printable.ts";
import { formatCount } from "./progressLine.ts";
import { tableLines } from "./tableLines.ts";

/** Shares of errors by a column's values, for a terminal, and what has to be known of its cells. */
export function groupLines({ column, note, groups, more, differenceP }: GroupedShares): readonly string[] {
  const shown = (text: string) => shortenedName(printable(text), 32);
  return [
    "",
    ...tableLines([
      [`by ${shown(column)}`, "units", "coded", "share of errors"],
      ...groups.map(({ value, units, coded, error }) => [
        value === "" ? "(empty)" : shown(value),
        formatCount(units),
        formatCount(coded),
        estimateText(error, (share) => `${(share * 100).toFixed(1)}%`),
      ]),
    ]),
    ...(more > 0 ? [`${formatCount(more)} more groups are not shown`] : []),
    ...(differenceP === undefined ? [] : [differenceText(differenceP)]),
    ...(note === undefined ? [] : [`note: ${printable(note)}`]),
  ];
}

/** As the page says it (`GroupsSection`). */
function differenceText(p: number): string {
  return p < 0.05
    ? `The groups differ in their share of errors (p ${pText(p)}).`
    : `No difference between the groups' shares of errors was found (p ${pText(p)}), which does not mean that there is none.`;
}
