/** Rows that are read, looked at and stored together. */
export const rowsAtOnce = 8192;
