import { type ReferenceKey, references } from "./references.ts";

/** Notes what a text cites. */
export interface Citations {
  /** In parentheses, with a blank in front: ` (Gwet, 2014; Wilson, 1927)`; nothing for no keys. */
  cite(...keys: readonly ReferenceKey[]): string;
  /** Words in parentheses, with what they cite behind: ` (linearised; Gwet, 2014)`. */
  note(words: string, ...keys: readonly ReferenceKey[]): string;
  /** In the order of their first mention. */
  readonly cited: readonly ReferenceKey[];
}

/** Begins a text that cites nothing yet. */
export function openCitations(): Citations {
  const cited = new Set<ReferenceKey>();
  const inParentheses = (parts: readonly string[], keys: readonly ReferenceKey[]) => {
    for (const key of keys) cited.add(key);
    const all = [...parts, ...keys.map((key) => references[key].citation)];
    return all.length === 0 ? "" : ` (${all.join("; ")})`;
  };
  return {
    cite: (...keys) => inParentheses([], keys),
    note: (words, ...keys) => inParentheses([words], keys),
    get cited() {
      return [...cited];
    },
  };
}
