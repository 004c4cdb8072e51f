/** A publication: how a text names it, how a list of references shows it, and its BibTeX fields. */
export interface Reference {
  readonly key: string;
  /** In parentheses: `Krippendorff, 2019`. */
  readonly citation: string;
  /** As in a list of references. */
  readonly text: string;
  readonly type: "article" | "book" | "inproceedings";
  /** Plain text; capitals in titles that have to stay stand in braces. */
  readonly fields: Readonly<Record<string, string>>;
}

// In a BibTeX value a backslash, or one of these, would begin a command or a comment.
const special: Readonly<Record<string, string>> = {
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "\\": "\\textbackslash{}",
};

/** A BibTeX entry, its special characters escaped; identifiers and addresses stay as they are. */
export function bibtexOf({ key, type, fields }: Reference): string {
  const lines = Object.entries(fields).map(
    ([name, value]) =>
      `  ${name} = {${name === "doi" ? value : value.replace(/[&%$#_~^\\]/g, (letter) => special[letter] ?? letter)}}`,
  );
  return `@${type}{${key},\n${lines.join(",\n")}\n}`;
}
