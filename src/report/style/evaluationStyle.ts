import { evaluationSheet } from "../../figures/evaluation/evaluationSheet.ts";
import { colors } from "./colors.ts";
import { page } from "./page.ts";
import { print } from "./print.ts";
import { sections } from "./sections.ts";

const onPaper = `
.paragraph, .copyable { user-select: all; }
main > section.caveat { padding: 0.25rem 0 0.25rem 1.25rem; margin-top: 3rem; }
.caveat h2 { font-size: 1.35rem; }
.caveat ul { padding-left: 1.1rem; margin: 0.5rem 0; max-width: 46rem; }
section h3 { font-size: 1.35rem; margin-top: 2rem; }
@page landscape { size: A4 landscape; margin: 12mm; }
@media print {
  .matrix-frame { overflow: visible; break-inside: avoid; }
  .matrix, .numbered .matrix { min-width: 0; font-size: 8pt; }
  .matrix td small, .matrix th, .matrix tbody th, .matrix thead th { font-size: 7.5pt; }
  .matrix .corner { width: 22%; }
  .numbered .matrix, .numbered .matrix th, .numbered .matrix tbody th { font-size: min(7.5pt, calc(330pt / var(--columns) / 2.2)); }
  .landscape { page: landscape; }
  .landscape .matrix, .landscape .matrix th, .landscape .matrix tbody th { font-size: min(7.5pt, calc(560pt / var(--columns) / 2.2)); }
  .landscape .matrix th, .landscape .matrix td { padding: 0.08em; }
  .landscape .matrix tbody th { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .cell-galleries { display: none; }
  .plot-table tbody, .unit-square, .references li, .paragraph { break-inside: avoid; }
  .plot-table thead { display: table-header-group; }
  .unit-square { max-width: 75mm; }
  .side-by-side { grid-template-columns: 75mm minmax(0, 1fr); }
}
`;

/** The evaluation page's whole style sheet. */
export const evaluationStyle: string = [colors, page, sections, evaluationSheet, print, onPaper].join("");
