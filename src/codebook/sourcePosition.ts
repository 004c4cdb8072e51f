/** A place in the user's file: 1-based line and column; columns count UTF-16 units, as editors do. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** Makes the function that turns offsets into `text` (UTF-16 units, from 0) into places. */
export function positionFinder(text: string): (offset: number) => SourcePosition {
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
  };
}
