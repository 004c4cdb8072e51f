/** Sections: chart, cards, phrases, tables, folded parts. */
export const sections = `
.share-chart { display: block; max-width: 46rem; margin: 1.75rem 0 1rem; overflow: visible; }
.category { margin-top: 2.75rem; padding-top: 1.25rem; position: relative; border-top: 1px solid var(--rule); }
.category::before {
  content: ''; position: absolute; left: 0; top: -2px; height: 3px; width: var(--share);
  background: var(--bar); print-color-adjust: exact;
}
.numbers { color: var(--soft); margin: 0.35rem 0 0; }
.numbers b { color: var(--ink); font-weight: 600; }
.description { margin-top: 0.75rem; }

.phrases { list-style: none; margin: 0; padding: 0; max-width: 46rem; }
.phrases li {
  display: grid; grid-template-columns: 3.25rem clamp(2.5rem, 12vw, 7rem) minmax(0, 1fr); gap: 0 0.9rem;
  padding: 0.3rem 0; font-size: 0.9375rem; line-height: 1.45;
}
.phrases b { text-align: right; font-weight: 600; }
.phrases i { align-self: start; height: 0.55rem; margin-top: 0.4rem; background: linear-gradient(var(--bar) 0 0) 0 / var(--w) 100% no-repeat var(--track); print-color-adjust: exact; }
.phrases .never { color: var(--soft); }
.phrases .never b { font-weight: 400; }

.gallery, .close-calls { list-style: none; margin: 0; padding: 0; display: grid; }
.gallery { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 1.5rem; }
.gallery li { display: grid; grid-row: span 2; grid-template-rows: subgrid; }
.gallery li > div:last-child { padding-bottom: 1.75rem; }
.close-calls { gap: 2rem 1.5rem; margin-top: 1.5rem; }
@media (min-width: 40rem) {
  .gallery { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .close-calls { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media screen and (min-width: 76rem) {
  .gallery { grid-template-columns: repeat(4, minmax(0, 1fr)); }
}
.gallery li, .close-calls li { font-size: 0.8125rem; line-height: 1.4; break-inside: avoid; min-width: 0; }
li > img { display: block; align-self: end; max-width: 100%; height: auto; }
li > .tall { width: 100%; aspect-ratio: 1; object-fit: scale-down; object-position: 0 100%; }

.no-thumbnail {
  aspect-ratio: 3 / 2; align-self: end; background: var(--mat); print-color-adjust: exact;
  display: grid; place-items: center; color: var(--soft); font-style: italic;
}
.close-calls li > :first-child { align-self: start; object-position: 0 0; }
.close-calls li { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 1.1rem; align-items: start; }
.answer { margin-bottom: 0.6rem; }
.won b { font-weight: 700; font-size: 0.9375rem; }
.gallery .next::before { content: ''; display: inline-block; width: 2px; height: 0.7em; margin-right: 0.45em; background: var(--amber); print-color-adjust: exact; }
.next, .name { color: var(--soft); }
.judged { font-weight: 600; }
.judged::before { content: ''; display: inline-block; width: 0.55em; height: 0.55em; margin-right: 0.45em; background: var(--bar); print-color-adjust: exact; }
.judged.wrong::before { background: var(--amber); border-radius: 50%; }
.judged.unsure::before { background: none; border: 1.5px solid var(--soft); }
.name { margin-top: 0.25rem; font-size: 0.75rem; }
.name span { display: block; }
.meter {
  display: block; height: 3px; margin: 0.4rem 0 0.3rem; print-color-adjust: exact;
  background:
    linear-gradient(var(--amber) 0 0) var(--r, -9px) 0 / 2px 100% no-repeat,
    linear-gradient(var(--bar) 0 0) 0 / var(--p) 100% no-repeat var(--track);
}

summary { cursor: pointer; }
.more > summary { color: var(--link); font-size: 0.9375rem; margin: 1rem 0; width: fit-content; }
.long { display: inline; }
.long[open] > summary > bdi { display: none; }
.long[open] > summary::before { content: 'less '; }
.long > summary { display: inline; list-style: none; }
.long:not([open]) > summary::after { content: ' more'; color: var(--link); }
.long[open] > summary { color: var(--link); }
.long > summary::-webkit-details-marker { display: none; }

table { border-collapse: collapse; font-size: 0.9375rem; max-width: 100%; margin: 0.5rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem clamp(0.75rem, 3vw, 1.75rem) 0.4rem 0; border-bottom: 1px solid var(--rule); }
thead th { color: var(--soft); font-weight: 600; font-size: 0.8125rem; }
tbody th { font-weight: 400; }
td + td, th + td, thead th + th { text-align: right; overflow-wrap: normal; }
.failure-list td, .failure-list th { text-align: left; overflow-wrap: anywhere; }
.failure-list code { color: var(--soft); }
.failure-list .name { width: 45%; font-size: 0.875rem; }
.review-table td { white-space: nowrap; }
.review-table small { display: block; color: var(--soft); }
@media (max-width: 39.99rem) {
  .review-table th, .review-table td { padding-right: 0.6rem; }
  .review-table td:last-child { white-space: normal; padding-right: 0; }
}
.settings { display: grid; grid-template-columns: clamp(6rem, 30%, 13rem) minmax(0, 1fr); gap: 0.4rem 1.5rem; margin: 1.25rem 0; font-size: 0.9375rem; }
.settings dt { color: var(--soft); }
.settings dd { margin: 0; grid-column: 2; }
.codebook { max-width: 46rem; }
.codebook dt { font-weight: 600; margin-top: 1.25rem; }
.codebook dt small { font-weight: 400; color: var(--soft); }
.codebook dd { margin: 0.25rem 0 0; }
.codebook ul { margin: 0.25rem 0 0; padding-left: 1.1rem; }
`;
