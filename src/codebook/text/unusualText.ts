/** Thrown for text that is written in a way that cannot be edited piece by piece. */
export class UnusualText extends Error {}
