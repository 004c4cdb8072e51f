import { commentLines, isComment } from "./partComment.ts";
import type { TextLayout } from "./readTextLayout.ts";
import type { TextPart, TextValue } from "./textPart.ts";

/** The lines of all comments that belong to no part, but for those at the top of the text. */
export function looseComments({ root, suffix }: TextLayout): readonly string[] {
  const [first, ...others] = root.parts;
  const ofRoot = first === undefined ? [] : [{ ...first, gap: "" }, ...others];
  const lines = [...ofRoot.flatMap(ofPart), ...(root.kind === "flow" ? [root.close] : []), suffix];
  return lines.flatMap(commentLines).filter(isComment);
}

function ofPart({ gap, value, tail }: TextPart): readonly string[] {
  return [gap, ...ofValue(value), tail];
}

function ofValue(value: TextValue): readonly string[] {
  if (value.kind === "scalar") return [];
  return [...value.parts.flatMap(ofPart), ...(value.kind === "flow" ? [value.close] : [])];
}
