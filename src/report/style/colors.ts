/**
 * The page's colours. Text has a contrast of at least 4.5:1 on its ground, bars and marks 3:1, in light and dark;
 * blue against amber stays apart for every kind of colour blindness. Paper is always light.
 */
export const colors = `
:root {
  color-scheme: light;
  --paper: #fdfcfa; --mat: #f3f1ec; --ink: #1d1c1a; --soft: #615d56; --rule: #dcd8cf; --track: #e9e6df;
  --bar: #2f7099; --amber: #b8681a; --link: #1f5d84;
  --figure-bar: var(--bar); --figure-residual: #8a857b;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --paper: #161513; --mat: #211f1d; --ink: #ece9e3; --soft: #a9a49a; --rule: #3a3733; --track: #2b2926;
    --bar: #5fa3cd; --amber: #e0a054; --link: #8cc3e6;
    --figure-residual: #8f897f;
  }
}
`;
