/** Twelve units by three coders, with values of an uneven scale and two ratings missing in the third column, one in the second. */
export const codedUnits: readonly (readonly (number | undefined)[])[] = [
  [1, 1, 2],
  [2, 2, 2],
  [3, 3, 5],
  [1, undefined, 1],
  [5, 8, 5],
  [8, 8, 8],
  [2, 3, 2],
  [1, 1, 1],
  [5, 5, undefined],
  [3, 2, 3],
  [8, 5, 8],
  [1, 2, undefined],
];

const places = [1, 2, 3, 5, 8];

/** The same units with the values' places as categories: 0 to 4. */
export const codedCategories: readonly (readonly (number | undefined)[])[] = codedUnits.map((row) =>
  row.map((value) => (value === undefined ? undefined : places.indexOf(value))),
);
