/** Type, columns, header, contents. */
export const page = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 4.5rem; }
body {
  margin: 0 auto; padding: 0 1.25rem; max-width: 82rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', system-ui, sans-serif;
  overflow-wrap: anywhere; font-variant-numeric: tabular-nums;
}
/* A letter with hundreds of marks is broken by no line: it is cut, so that the page never scrolls sideways. */
main, header { overflow-x: clip; }
h1, h2, h3, .facts dd {
  font-family: 'Iowan Old Style', 'Palatino Linotype', Palatino, P052, Georgia, 'Liberation Serif', serif;
  font-weight: 400; line-height: 1.15; text-wrap: balance; margin: 0;
}
h1 { font-size: clamp(2.2rem, 6vw, 3.6rem); letter-spacing: -0.02em; }
h2 { font-size: 2rem; letter-spacing: -0.012em; }
h3 { font-size: 1.6rem; letter-spacing: -0.008em; }
h4 { font-size: 0.8125rem; font-weight: 600; color: var(--soft); margin: 1.5rem 0 0.6rem; }
p { margin: 0.75rem 0; max-width: 42rem; text-wrap: pretty; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--bar); outline-offset: 3px; border-radius: 2px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Consolas, 'Liberation Mono', monospace; font-size: 0.875em; }
pre { padding: 1rem 1.25rem; background: var(--mat); white-space: pre-wrap; border-radius: 3px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; padding: 0.5rem 1rem; background: var(--paper); z-index: 3; }

header { padding: 3.5rem 0 2.5rem; }
.eyebrow { color: var(--soft); font-size: 0.875rem; margin: 0 0 0.9rem; }
.facts { display: flex; flex-wrap: wrap; gap: 1.25rem 2.75rem; margin: 2rem 0; }
.facts div { display: flex; flex-direction: column-reverse; }
.facts dt { color: var(--soft); font-size: 0.875rem; }
.facts dd { font-size: 2rem; }
.caveat { border-left: 3px solid var(--amber); padding-left: 1.25rem; }
.caveat p { max-width: 46rem; font-size: 0.9375rem; }
.caveat p:first-child { margin-top: 0; }
.caveat p:last-child { margin-bottom: 0; }

main > section { padding: 3rem 0 0.5rem; }
.lead { color: var(--soft); }
.empty { color: var(--soft); font-style: italic; }
footer { margin: 3.5rem 0 2.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: 0.8125rem; }

nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: flex; gap: 0.6rem; color: var(--soft); text-decoration: none; }
nav a:hover { color: var(--ink); }
nav small { font-size: 0.8125rem; white-space: nowrap; }
nav bdi { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 14rem; }
/* A short right-to-left text stands at the page's left edge; a long one fills the column from the right. */
h1, h3, .description { width: fit-content; }
@media screen {
  nav {
    position: sticky; top: 0; z-index: 2; margin: 0 -1.25rem; padding: 0 1.25rem; overflow-x: auto;
    background: var(--paper); border-block: 1px solid var(--rule); scrollbar-width: thin;
  }
  nav ul { display: flex; }
  nav li { flex: none; font-size: 0.875rem; }
  nav a { padding: 0.7rem 0.75rem; }
  nav li:first-child a { padding-left: 0; }
}
@media screen and (min-width: 64rem) {
  html { scroll-padding-top: 1.5rem; }
  body { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); column-gap: 4rem; padding: 0 2.5rem; }
  body > * { grid-column: 2; }
  nav {
    grid-column: 1; grid-row: 1 / span 4; align-self: start; max-height: 100vh; overflow: hidden auto;
    margin: 0; padding: 3.5rem 0.25rem 2rem 0; border: 0;
  }
  nav ul { display: block; }
  nav a, nav li:first-child a { justify-content: space-between; padding: 0.3rem 0.25rem; }
  nav bdi { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; white-space: normal; text-align: left; }
  nav .entry { padding-left: 0.9rem; border-left: 1px solid var(--rule); margin-left: 0.25rem; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
