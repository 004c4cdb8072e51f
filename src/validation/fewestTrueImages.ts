/** Coded images that truly are of a category below which nothing should be read into its figures. */
export const fewestTrueImages = 10;
