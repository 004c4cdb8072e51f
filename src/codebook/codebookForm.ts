import { categoryKeys, codebookKeys } from "./codebookSchema.ts";
import type { OffsetMistake } from "./describeSyntaxError.ts";
import { quoteText } from "./quoteText.ts";
import type { SourceEntry, SourceNode } from "./sourceNode.ts";
import { suggestKey } from "./suggestKey.ts";

/** A mistake in what was written, `until` where the text ends that it judges. */
export interface ContentMistake extends OffsetMistake {
  readonly until: number;
}

/** A codebook file taken apart. */
export interface CodebookForm {
  /** All top-level entries of the full form; none in the plain form. */
  readonly settings: readonly SourceEntry[];
  /** Those beside the categories. */
  readonly head: readonly SourceEntry[];
  readonly categories: readonly SourceEntry[];
  readonly mistakes: readonly ContentMistake[];
}

type Mapping = Extract<SourceNode, { kind: "mapping" }>;

/**
 * Takes a file apart. It has the full form when a top-level key is `categories`, `title`, `language`, `template` or
 * `templates`, or when a mapping stands under a misspelt `categories`; otherwise every top-level key is a category
 * with its list of phrases.
 */
export function readCodebookForm(root: SourceNode): CodebookForm {
  if (root.kind !== "mapping")
    return { settings: [], head: [], categories: [], mistakes: [describeRoot(root)] };
  const full = root.entries.some(({ key, value }) => {
    if (key === undefined) return false;
    return (
      codebookKeys.includes(key) ||
      (value.kind === "mapping" && suggestKey(key, codebookKeys) === "categories")
    );
  });
  return full ? readFullForm(root) : readPlainForm(root);
}

function readFullForm(root: Mapping): CodebookForm {
  const mistakes: ContentMistake[] = [];
  const isCategories = ({ key }: SourceEntry) => key === "categories";
  const entry =
    root.entries.find(isCategories) ??
    root.entries.find(({ key, value }) => {
      return key !== undefined && value.kind === "mapping" && suggestKey(key, codebookKeys) === "categories";
    });
  const head = root.entries.filter((other) => other !== entry);
  if (entry === undefined || entry.value.kind === "empty" || isEmptyMapping(entry.value)) {
    const place = entry?.keyNode ?? root;
    const what = entry === undefined ? "no categories: the key `categories` is missing" : "no categories";
    mistakes.push({ offset: place.start, until: (entry?.value ?? root).end, what, hint: writeCategories });
  } else if (entry.value.kind !== "mapping") {
    const { start, end } = entry.value;
    mistakes.push({
      offset: start,
      until: end,
      what: "`categories` is not a mapping",
      hint: writeCategories,
    });
  } else {
    if (!isCategories(entry)) mistakes.push(describeUnknownKey(entry, codebookKeys));
    return { settings: root.entries, head, categories: entry.value.entries, mistakes };
  }
  return { settings: root.entries, head, categories: [], mistakes };
}

const writeCategories = "write `categories:` and under it, indented, `Name:` with a list of phrases";

function readPlainForm(root: Mapping): CodebookForm {
  const mistakes = root.entries.flatMap(({ value, keyNode, key }): ContentMistake[] => {
    if (value.kind !== "mapping") return [];
    const what = `category ${quoteText(key ?? "")} has settings, but stands outside \`categories\``;
    const hint =
      "put a line `categories:` above all categories and indent them, or give the phrases as a list";
    return [{ offset: keyNode.start, until: value.end, what, hint }];
  });
  if (root.entries.length === 0) {
    mistakes.push({
      offset: root.start,
      until: root.end,
      what: "no categories",
      hint: "write `Name:` with a list of phrases",
    });
  }
  return {
    settings: [],
    head: [],
    categories: root.entries.filter(({ value }) => value.kind !== "mapping"),
    mistakes,
  };
}

/** The mistake that a key is none of `known`, with the one that was probably meant. */
export function describeUnknownKey({ key, keyNode }: SourceEntry, known: readonly string[]): ContentMistake {
  const suggestion = key === undefined ? undefined : suggestKey(key, known);
  const what = key === undefined ? "a key that is no text" : `unknown key ${quoteText(key)}`;
  const list = known.join(", ");
  const misplaced = known === codebookKeys && key !== undefined && categoryKeys.includes(key);
  let hint = `known here: ${list}`;
  if (suggestion !== undefined) hint = `did you mean \`${suggestion}\`?`;
  else if (misplaced) hint = `\`${key}\` belongs to a category; ${hint}`;
  else if (known === codebookKeys) hint = `${hint}; a category goes under \`categories\``;
  return { offset: keyNode.start, until: keyNode.end, what, hint };
}

function describeRoot({ kind, start, end }: SourceNode): ContentMistake {
  const place = { offset: start, until: end };
  if (kind === "empty") {
    return { ...place, what: "the file is empty", hint: "`clipbook init` writes a codebook to start from" };
  }
  const what = kind === "list" ? "a list, but no categories" : "a text, but no categories";
  return { ...place, what, hint: "write `Name:` above the phrases of each category" };
}

function isEmptyMapping(node: SourceNode): boolean {
  return node.kind === "mapping" && node.entries.length === 0;
}
