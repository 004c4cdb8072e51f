import { categoryParts, partsOf, phraseList } from "./draftOfLayout.ts";
import type { TextLayout } from "./readTextLayout.ts";
import { lineEndOf, linesOf } from "./textLines.ts";
import type { TextValue } from "./textPart.ts";

/** How a file is written where there is a choice: what is new is written likewise. */
export interface TextManner {
  readonly json: boolean;
  readonly newline: string;
  /** What each level is indented by. */
  readonly step: string;
  /** What a list's dashes are indented by under their key; lists may stand in its column. */
  readonly listStep: string;
  /** Whether lists of phrases stand in brackets. */
  readonly listsInBrackets: boolean;
  /** Whether what stands in brackets has a line for each part. */
  readonly bracketsInLines: boolean;
}

/** How Clipbook writes a codebook that is new. */
export const ownManner: TextManner = {
  json: false,
  newline: "\n",
  step: "  ",
  listStep: "  ",
  listsInBrackets: false,
  bracketsInLines: true,
};

/** Finds out how a file is written. */
export function textManner(layout: TextLayout, text: string, json: boolean): TextManner {
  const lists = categoryParts(layout).flatMap((part) => phraseList(part) ?? []);
  const inBrackets = lists.filter(({ kind }) => kind === "flow");
  const inLines = inBrackets.filter((list) => list.kind === "flow" && list.inLines);
  return {
    json,
    newline: lineEndOf(text),
    step: stepOf(layout) ?? ownManner.step,
    listStep: listStepOf(layout.root, "") ?? stepOf(layout) ?? ownManner.step,
    listsInBrackets: inBrackets.length * 2 > lists.length,
    bracketsInLines:
      inLines.length * 2 > inBrackets.length || (inBrackets.length === 0 && linesOf(text).length > 1),
  };
}

/** By how much the first level that is deeper than another one is deeper. */
function stepOf({ root }: TextLayout): string | undefined {
  if (root.kind === "flow") return root.inLines ? root.parts[0]?.lead : undefined;
  for (const { value } of root.parts) {
    if (value.kind === "block" && value.indent.length > root.indent.length) {
      return value.indent.slice(root.indent.length);
    }
  }
  return undefined;
}

function listStepOf(value: TextValue, indent: string): string | undefined {
  if (value.kind === "block" && value.holds === "list") return value.indent.slice(indent.length);
  const below = value.kind === "block" ? value.indent : indent;
  for (const part of partsOf(value)) {
    const found = listStepOf(part.value, below);
    if (found !== undefined) return found;
  }
  return undefined;
}
