import { linesOf } from "./textLines.ts";
import type { TextPart } from "./textPart.ts";

/** A part in its new place: `from` is its index among the old parts, undefined where it comes from elsewhere. */
export interface PlacedPart {
  readonly part: TextPart;
  readonly from: number | undefined;
}

/**
 * Puts parts in lines into a new order. What stands apart between the old ones stays where it is: a comment goes on standing
 * before the part that follows it, also when its neighbour goes; blank lines stay between parts, and a new one gets them
 * where most have them.
 * @param spaced whether new parts get a blank line before them where the old ones do not tell
 */
export function arrangeLines(
  placed: readonly PlacedPart[],
  old: readonly TextPart[],
  { newline, spaced }: { readonly newline: string; readonly spaced: boolean },
): readonly TextPart[] {
  const stays = stationary(placed.map(({ from }) => from));
  const separator = usualSeparator(old, newline, spaced);
  let next = 1;
  // Comments before parts that went from before this one. What stands before the first of all is not theirs.
  const leftBehind = (until: number) => {
    const gaps = old.slice(next, until).map(({ gap }) => gap);
    next = Math.max(next, until + 1);
    return gaps.filter(hasComment).join("");
  };
  const arranged = placed.map(({ part, from }, index) => {
    const top = old[0]?.gap ?? "";
    const apart = index === 0 ? "" : separator;
    let gap = apart;
    if (from !== undefined && stays.has(index)) {
      gap = leftBehind(from) + (from === 0 ? apart : part.gap);
      if (index === 0 && from > 0) gap = withoutBlankStart(gap);
    }
    const { end, tail } = part;
    const isCut = tail !== "" && !/[\r\n]$/u.test(tail);
    return {
      ...part,
      gap: index === 0 ? top + gap : gap,
      // What was last in the file may have had no line's end.
      end: end === "" ? newline : end,
      tail: isCut ? tail + newline : tail,
    };
  });
  const rest = leftBehind(old.length);
  const last = arranged.at(-1);
  if (rest === "" || last === undefined) return arranged;
  return [...arranged.slice(0, -1), { ...last, tail: last.tail + rest }];
}

function withoutBlankStart(gap: string): string {
  const lines = linesOf(gap);
  const first = lines.findIndex((line) => line.trim() !== "");
  return first < 0 ? "" : lines.slice(first).join("");
}

/** Puts the parts of a list in brackets, in lines or not, into a new order: commas between them, and behind the last as before. */
export function arrangeInBrackets(
  placed: readonly PlacedPart[],
  old: readonly TextPart[],
  { newline, inLines }: { readonly newline: string; readonly inLines: boolean },
): readonly TextPart[] {
  const isAsBefore = placed.length === old.length && placed.every(({ from }, i) => from === i);
  const stays = stationary(placed.map(({ from }) => from));
  const endsWithComma = inLines && (old.at(-1)?.comma.includes(",") ?? false);
  const usual = old.find(({ comma }) => comma.includes(","))?.comma ?? ", ";
  const between = inLines ? "," : /[\r\n#]/u.test(usual) ? ", " : usual;
  return placed.map(({ part, from }, i) => {
    if (isAsBefore) return part;
    const isLast = i === placed.length - 1;
    const comma = isLast && !endsWithComma ? "" : between;
    const gap = inLines && from !== undefined && stays.has(i) ? part.gap : "";
    return { ...part, gap, comma, end: inLines ? part.end || newline : "" };
  });
}

function usualSeparator(old: readonly TextPart[], newline: string, spaced: boolean): string {
  const gaps = old.slice(1).map(({ gap }) => gap);
  if (gaps.length === 0) return spaced ? newline : "";
  const blank = gaps.filter((gap) => /^[ \t]*[\r\n]/u.test(gap)).length;
  return blank * 2 > gaps.length ? newline : "";
}

function hasComment(gap: string): boolean {
  return gap.includes("#");
}

/** The largest set of parts that need not move, by their new indices: the longest ascending subsequence of the old ones. */
function stationary(from: readonly (number | undefined)[]): ReadonlySet<number> {
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  from.forEach((old, index) => {
    if (old === undefined) return;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((from[ends[middle] as number] as number) < old) low = middle + 1;
      else high = middle;
    }
    before.set(index, ends[low - 1]);
    ends[low] = index;
  });
  const stays = new Set<number>();
  for (let index = ends.at(-1); index !== undefined; index = before.get(index)) stays.add(index);
  return stays;
}
