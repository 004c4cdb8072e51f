import { readCodebookForm } from "./codebookForm.ts";
import { decodeCodebook } from "./decodeCodebook.ts";
import { phraseItems } from "./findContentMistakes.ts";
import { parseYamlTree } from "./parseYamlTree.ts";
import type { SourceNode } from "./sourceNode.ts";
import { positionFinder, type SourcePosition } from "./sourcePosition.ts";

/** The part of a codebook that a place in its text belongs to. */
export interface DraftPart {
  /** Index into the categories. */
  readonly category?: number;
  /** Index among all phrases. */
  readonly phrase?: number;
}

/**
 * Makes the function that tells to which category or phrase a place in a codebook's text belongs; neither, for a place in its
 * head.
 */
export function draftPartFinder(text: string): (place: SourcePosition) => DraftPart {
  const { text: decoded = "" } = decodeCodebook(new TextEncoder().encode(text));
  const { root } = parseYamlTree(decoded);
  const locate = positionFinder(decoded);
  const isIn = (place: SourcePosition, from: number, node: SourceNode) =>
    isBetween(place, locate(from), locate(Math.max(from, node.end)));
  let phrase = 0;
  const categories = (root === undefined ? [] : readCodebookForm(root).categories).map((entry) => ({
    entry,
    phrases: phraseItems(entry.value).map((node) => ({ node, index: phrase++ })),
  }));
  return (place) => {
    const category = categories.findIndex(({ entry }) => isIn(place, entry.keyNode.start, entry.value));
    if (category < 0) return {};
    const found = categories[category]?.phrases.find(({ node }) => isIn(place, node.start, node));
    return found === undefined ? { category } : { category, phrase: found.index };
  };
}

function isBetween(place: SourcePosition, from: SourcePosition, to: SourcePosition): boolean {
  return isAtOrAfter(place, from) && isAtOrAfter(to, place);
}

function isAtOrAfter(place: SourcePosition, other: SourcePosition): boolean {
  return place.line > other.line || (place.line === other.line && place.column >= other.column);
}
