/** On paper: no contents, folded parts opened where the browser can, no card cut in two, no address after a link. */
export const print = `
@page { margin: 16mm 14mm; }
@media print {
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; background: none; }
  nav, .skip { display: none; }
  header { padding: 0 0 1rem; }
  main > section { padding-top: 1.75rem; }
  h1, h2, h3, h4, summary, .numbers, .lead { break-after: avoid; }
  .phrases li, tr, .caveat, .share-chart, pre { break-inside: avoid; }
  .gallery { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 0 1rem; }
  .close-calls { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.25rem; }
  .gallery li, .close-calls li { font-size: 8pt; }
  .name { font-size: 7pt; }
  a { color: inherit; text-decoration: none; }
  a::after { content: none; }
}
@supports selector(::details-content) {
  @media print {
    details::details-content { content-visibility: visible; display: contents; }
    .more > summary { color: inherit; font-weight: 600; list-style: none; }
    .long > summary { display: none; }
  }
}
`;
