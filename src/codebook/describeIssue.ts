import type { z } from "zod";
import { type ContentMistake, describeUnknownKey } from "./codebookForm.ts";
import { categoryKeys, codebookKeys } from "./codebookSchema.ts";
import { quoteText } from "./quoteText.ts";
import type { SourceEntry, SourceNode } from "./sourceNode.ts";

type Issue = z.core.$ZodIssue;

/** Where the schema's issue paths lead: `["categories", "1", "phrases", 0]` is in `categories[1]`. */
export interface IssuePlaces {
  readonly head: readonly SourceEntry[];
  readonly categories: readonly SourceEntry[];
}

/** Says in the words of the codebook, and at its place, what the schema found; empty where it was said before. */
export function describeIssue(issue: Issue, places: IssuePlaces): readonly ContentMistake[] {
  const [field, index, categoryField, phraseIndex] = issue.path;
  if (field === undefined) return describeUnknownKeys(issue, places.head, codebookKeys);
  if (field !== "categories") {
    const entry = places.head.find(({ key }) => key === field);
    const node = typeof index === "number" ? itemAt(entry?.value, index) : entry?.value;
    return node === undefined ? [] : [describeValue(issue, node, `\`${String(field)}\``)];
  }
  const category = places.categories[Number(index)];
  if (category === undefined) return [];
  const entries = category.value.kind === "mapping" ? category.value.entries : [];
  if (categoryField === undefined) return describeUnknownKeys(issue, entries, categoryKeys);
  const ofCategory = `of category ${quoteText(category.key ?? "")}`;
  const entry = entries.find(({ key }) => key === categoryField);
  const value = category.value.kind === "mapping" ? entry?.value : category.value;
  if (categoryField !== "phrases") {
    const node = typeof phraseIndex === "number" ? itemAt(value, phraseIndex) : value;
    const subject =
      node === value ? `\`${String(categoryField)}\`` : `an item of \`${String(categoryField)}\``;
    return node === undefined ? [] : [describeValue(issue, node, `${subject} ${ofCategory}`)];
  }
  if (typeof phraseIndex === "number") {
    const node = itemAt(value, phraseIndex);
    return node === undefined || node.kind === "refused" ? [] : [describePhrase(issue, node, ofCategory)];
  }
  return describePhraseList(category, value);
}

function describePhraseList(category: SourceEntry, value: SourceNode | undefined): readonly ContentMistake[] {
  const name = quoteText(category.key ?? "");
  if (value?.kind === "refused") return [];
  if (value === undefined || value.kind === "empty" || value.kind === "list") {
    const what = `category ${name} has no phrases`;
    const place = { offset: category.keyNode.start, until: category.value.end };
    return [{ ...place, what, hint: "add at least one, on a line that begins with `- `" }];
  }
  const what = `the phrases of category ${name} are not a list`;
  return [
    { offset: value.start, until: value.end, what, hint: "begin each phrase with `- `, dash and blank" },
  ];
}

function describePhrase(issue: Issue, node: SourceNode, ofCategory: string): ContentMistake {
  const place = { offset: node.start, until: node.end };
  switch (node.kind) {
    case "text":
      if (node.value.trim() !== "")
        return describeText(issue, node, `phrase ${quoteText(node.value)} ${ofCategory}`);
      return { ...place, what: `empty phrase ${ofCategory}`, hint: "write a phrase or remove it" };
    case "number":
    case "boolean": {
      const what = `phrase ${ofCategory} is ${node.kind === "number" ? "a number" : "a yes-or-no value"}, not a text`;
      return { ...place, what: `${what}: ${quoteText(node.source)}`, hint: `put the phrase in quotes` };
    }
    case "mapping":
      return {
        ...place,
        what: `phrase ${quoteText(`${node.entries[0]?.key ?? ""}:`)} ${ofCategory} is cut in two by its colon`,
        hint: "put the phrase in quotes",
      };
    case "list":
      return {
        ...place,
        what: `a list among the phrases ${ofCategory}`,
        hint: "remove one level of dashes or brackets",
      };
    default: {
      const hint = "write a phrase or remove the dash; a phrase that begins with # must be in quotes";
      return { ...place, what: `empty phrase ${ofCategory}`, hint };
    }
  }
}

function describeValue(issue: Issue, node: SourceNode, subject: string): ContentMistake {
  const place = { offset: node.start, until: node.end };
  if (issue.code === "invalid_type") {
    const wanted =
      issue.expected === "array" ? "a list" : issue.expected === "boolean" ? "true or false" : "a text";
    const hint =
      wanted === "a text" && node.kind !== "empty"
        ? "put it in quotes"
        : `write ${wanted}, or remove the key`;
    return { ...place, what: `${subject} is not ${wanted}`, hint };
  }
  return describeText(issue, node, subject);
}

function describeText(issue: Issue, { start, end }: SourceNode, subject: string): ContentMistake {
  const place = { offset: start, until: end };
  if (issue.code !== "custom")
    return { ...place, what: `${subject} is empty`, hint: "write a text or remove it" };
  return { ...place, what: `${subject} ${issue.message}`, hint: String(issue.params?.hint) };
}

function describeUnknownKeys(
  issue: Issue,
  entries: readonly SourceEntry[],
  known: readonly string[],
): readonly ContentMistake[] {
  if (issue.code !== "unrecognized_keys") return [];
  const unknown = new Set(issue.keys);
  return entries
    .filter(({ key }) => key !== undefined && unknown.has(key))
    .map((entry) => describeUnknownKey(entry, known));
}

function itemAt(node: SourceNode | undefined, index: number): SourceNode | undefined {
  return node?.kind === "list" ? node.items[index] : undefined;
}
