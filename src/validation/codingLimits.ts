/** Longest note on an image, in UTF-16 units, whichever way it comes. */
export const longestNote = 4000;

/** Most seconds that one image can have been looked at, a day: what is more was not measured. */
export const mostSeconds = 86_400;
