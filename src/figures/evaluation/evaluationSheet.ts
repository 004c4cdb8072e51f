// The static page's renderer escapes a style's text, so this sheet uses single quotes only and neither the ampersand nor the
// less-than sign.
/** Styles of an evaluation's parts, for the static page and, confined to its screen, for the app. */
export const evaluationSheet = `
.track { display: block; overflow: visible; }
.track-legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; font-size: 0.8125rem; color: var(--soft); margin: 1rem 0 0.25rem; }
.track-legend span { display: inline-flex; align-items: center; gap: 0.4rem; }
.plot-table { width: 100%; max-width: 46rem; table-layout: fixed; font-size: 0.9375rem; }
.plot-table th, .plot-table td { padding: 0.2rem 1rem 0.2rem 0; border: 0; vertical-align: middle; text-align: left; overflow-wrap: anywhere; }
.plot-table thead th { vertical-align: bottom; font-size: 0.8125rem; color: var(--soft); font-weight: 600; }
.plot-table tbody th { font-weight: 400; }
.plot-table thead :is(th, td):first-child { width: 24%; }
.plot-table thead :is(th, td):last-child { width: 30%; }
.plot-table .group-head th { padding: 0.8rem 0 0.1rem; border-top: 1px solid var(--rule); font-weight: 600; }
.plot-table tbody:not(:last-child) tr:last-child > * { padding-bottom: 0.8rem; }
.plot-table small, .scores small { display: block; color: var(--soft); font-weight: 400; font-size: 0.8125rem; }
.plot-table .group-head small { display: inline-block; margin-left: 0.6rem; }
.plot-table td.plot { padding-inline: 0.5rem 1.25rem; }
.plot-table thead td { padding-inline: 0.5rem 1.25rem; color: var(--soft); }
.plot-table .value { padding-right: 0; font-variant-numeric: tabular-nums; }
.headline { font-size: 1.125rem; }
.note { color: var(--soft); font-size: 0.875rem; }
.scroll { position: relative; overflow-x: auto; max-width: 100%; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.matrix-frame { position: relative; overflow-x: auto; margin: 1.25rem 0; }
.matrix { border-collapse: separate; border-spacing: 2px; max-width: none; margin: 0; font-size: 0.875rem; table-layout: fixed; width: 100%; min-width: calc(11rem + var(--columns) * 5rem); }
.matrix th, .matrix td { border: 0; padding: 0.35rem; text-align: center; vertical-align: middle; overflow-wrap: anywhere; }
.matrix .corner { width: 11rem; text-align: left; vertical-align: bottom; color: var(--soft); font-size: 0.75rem; padding-left: 0; }
.matrix .corner span { display: block; }
.matrix .corner span:first-child { float: left; }
.matrix .corner span:last-child { text-align: right; }
.matrix th { overflow-x: clip; }
.matrix thead th { vertical-align: bottom; font-weight: 600; color: var(--ink); font-size: 0.8125rem; }
.matrix tbody th, .matrix tfoot th { text-align: left; padding-left: 0; font-weight: 600; font-size: 0.8125rem; }
.matrix thead .of-category bdi, .matrix tbody th bdi { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.matrix abbr { text-decoration: none; }
.matrix tbody td { background: color-mix(in srgb, var(--bar) var(--shade, 0%), var(--paper)); border: 1px solid var(--rule); print-color-adjust: exact; }
.matrix tbody td.right { border: 2px solid var(--ink); }
.matrix td b, .matrix td small { display: block; line-height: 1.25; }
.matrix td small { font-size: 0.75rem; }
.matrix td .none { color: var(--soft); }
.matrix td.total, .matrix tfoot td { background: none; border: 0; color: var(--soft); }
.matrix td b { font-weight: 600; }
.matrix a, .matrix button { display: block; width: 100%; min-height: 0; margin: 0; padding: 0; border: 0; background: none; font: inherit; color: var(--ink); text-decoration: none; }
.matrix a:hover b, .matrix button:hover b { text-decoration: underline; }
.matrix :is(a, button):focus-visible { outline: 2px solid var(--ink); outline-offset: 3px; }
.numbered .matrix { font-size: 0.75rem; min-width: calc(13rem + var(--columns) * 2.3rem); border-spacing: 1px; }
.numbered .matrix .corner { width: 13rem; }
.numbered .matrix th, .numbered .matrix td { padding: 0.25rem 0.1rem; overflow-wrap: normal; }
.numbered .matrix tbody th { font-weight: 400; font-size: 0.75rem; overflow-wrap: anywhere; }
.numbered .matrix tbody th b { display: inline-block; min-width: 1.5rem; }
.numbered .matrix tbody th bdi { display: inline; }
@media screen {
  .matrix tbody th, .matrix tfoot th, .matrix .corner { position: sticky; left: 0; background: var(--paper); z-index: 1; }
}
.scores th, .scores td, .side-by-side th, .side-by-side td { overflow-wrap: normal; }
.side-by-side tbody th { white-space: nowrap; }
.counts { width: auto; }
.counts th, .counts td { padding: 0.3rem 1.25rem 0.3rem 0; }
.counts thead td { border: 0; }
.cell-galleries .more { margin: 0; }
.cell-galleries .more > summary { margin: 0.35rem 0; }

.unit-square { display: block; width: 100%; max-width: 24rem; height: auto; overflow: visible; }
.side-by-side { display: grid; gap: 1.5rem 2.5rem; align-items: start; margin: 1.25rem 0; }
@media (min-width: 60rem) { .side-by-side { grid-template-columns: minmax(0, 22rem) minmax(0, 1fr); } }
.cell-images { list-style: none; margin: 0.75rem 0 1.5rem; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(7.5rem, 1fr)); gap: 1rem; }
.cell-images li { font-size: 0.75rem; min-width: 0; color: var(--soft); }
.cell-images img, .cell-images .no-picture { display: block; width: 100%; aspect-ratio: 1; object-fit: contain; background: var(--mat); }
.cell-images .no-picture { display: grid; place-items: center; font-style: italic; }
.cell-images bdi { overflow-wrap: anywhere; }
.paragraph { margin: 1rem 0; padding: 1rem 1.25rem; background: var(--mat); border-radius: 3px; max-width: 46rem; font-size: 0.9375rem; overflow-wrap: anywhere; }
.references { max-width: 46rem; padding-left: 1.5rem; }
.references li { margin: 0.4rem 0; text-indent: -1.5rem; list-style: none; }
@media (max-width: 39.99rem) {
  .plot-table, .scores, .side-by-side table { font-size: 0.8125rem; }
  .scores th, .scores td, .side-by-side th, .side-by-side td { padding-right: 0.5rem; }
  .plot-table thead :is(th, td):first-child { width: 25%; }
  .plot-table thead :is(th, td):last-child { width: 36%; }
  .plot-table th, .plot-table td { padding-right: 0.4rem; }
  .plot-table td.plot, .plot-table thead td { padding-inline: 0.35rem 0.6rem; }
}
`;
