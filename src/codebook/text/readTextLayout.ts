import type { SourceNode } from "../sourceNode.ts";
import { readBlockText } from "./readBlockText.ts";
import { isInBrackets, readInlineText } from "./readFlowText.ts";
import { linesOf, startOfLine } from "./textLines.ts";
import type { BlockText, FlowText } from "./textPart.ts";
import { UnusualText } from "./unusualText.ts";

/** A codebook's text, taken apart without loss: put together again it is `prefix`, root, `suffix`. */
export interface TextLayout {
  readonly prefix: string;
  readonly root: BlockText | FlowText;
  readonly suffix: string;
}

/**
 * Takes a codebook's text apart, so that parts of it can be changed and moved while everything else stays as it is written.
 * @param text without a byte-order mark
 * @param root what `parseYamlTree` reads of it, without a mistake
 * @returns undefined for a way of writing that cannot be edited piece by piece, such as keys marked by `?`
 */
export function maybeTextLayout(text: string, root: SourceNode): TextLayout | undefined {
  if (root.kind !== "mapping" || root.entries.length === 0) return undefined;
  try {
    if (isInBrackets(text, root)) {
      const { value, end } = readInlineText(text, root);
      if (value.kind !== "flow") return undefined;
      return { prefix: text.slice(0, root.start), root: value, suffix: text.slice(end) };
    }
    const prefix = startOfDocument(text.slice(0, startOfLine(text, root.start)));
    const { value, end } = readBlockText(text, root, prefix.length);
    return { prefix, root: value, suffix: text.slice(end) };
  } catch (error) {
    if (error instanceof UnusualText) return undefined;
    throw error;
  }
}

/** All up to the last line that is neither blank nor a comment, such as `---`. */
function startOfDocument(text: string): string {
  const lines = linesOf(text);
  const last = lines.findLastIndex((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
  return lines.slice(0, last + 1).join("");
}
