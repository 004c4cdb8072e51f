import { type CodebookForm, type ContentMistake, describeUnknownKey } from "./codebookForm.ts";
import { categoryKeys, categoryNameSchema, codebookKeys } from "./codebookSchema.ts";
import {
  findDoubledCategories,
  findDoubledKeys,
  findDoubledPhrases,
  type WrittenPhrase,
} from "./findDoubles.ts";
import { quoteText } from "./quoteText.ts";
import type { SourceEntry, SourceNode } from "./sourceNode.ts";
import type { SourcePosition } from "./sourcePosition.ts";

/** The most phrases a codebook may have: every image is compared with every phrase. */
export const maxPhrases = 20_000;

/** What is wrong in a codebook beyond the shape of its single parts, which the schema checks. */
export function findContentMistakes(
  form: CodebookForm,
  locate: (offset: number) => SourcePosition,
): readonly ContentMistake[] {
  const { categories } = form;
  const phrases = writtenPhrases(categories);
  const settings = categories.flatMap(({ value }) => (value.kind === "mapping" ? [value.entries] : []));
  return [
    ...form.settings.filter(hasNoKey).map((entry) => describeUnknownKey(entry, codebookKeys)),
    ...findDoubledKeys(form.settings, locate),
    ...settings.flatMap((entries) =>
      entries.filter(hasNoKey).map((entry) => describeUnknownKey(entry, categoryKeys)),
    ),
    ...settings.flatMap((entries) => findDoubledKeys(entries, locate)),
    ...categories.flatMap(checkName),
    ...findDoubledCategories(categories, locate),
    ...findDoubledPhrases(phrases, locate),
    ...phrases.flatMap(checkAmbiguousWord),
    ...checkTemplates(form.head),
    ...checkResiduals(settings),
  ];
}

/** Every text among the phrases, in the file's order. */
export function writtenPhrases(categories: readonly SourceEntry[]): readonly WrittenPhrase[] {
  return categories.flatMap(({ key, value }) =>
    phraseItems(value).flatMap((node) => (node.kind === "text" ? [{ node, category: key ?? "" }] : [])),
  );
}

/** What stands in a category's list of phrases, texts or not. */
export function phraseItems(category: SourceNode): readonly SourceNode[] {
  if (category.kind === "list") return category.items;
  if (category.kind !== "mapping") return [];
  const phrases = category.entries.find(({ key }) => key === "phrases")?.value;
  return phrases?.kind === "list" ? phrases.items : [];
}

function hasNoKey({ key, keyNode }: SourceEntry): boolean {
  return key === undefined && keyNode.kind !== "refused";
}

function checkName({ key, keyNode, value }: SourceEntry): readonly ContentMistake[] {
  const place = { offset: keyNode.start, until: value.end };
  if (keyNode.kind === "refused") return [];
  if (key === undefined || key.trim() === "") {
    return [
      {
        ...place,
        what: "a category without a name",
        hint: "write a name before the colon, in quotes if need be",
      },
    ];
  }
  if (key === "<<" && keyNode.kind === "text" && !keyNode.quoted) {
    return [
      {
        ...place,
        what: "a merge key `<<`",
        hint: "write the phrases out; a category of that name needs quotes",
      },
    ];
  }
  return (categoryNameSchema.safeParse(key).error?.issues ?? []).map((issue) => ({
    ...place,
    what: `category name ${quoteText(key)} ${issue.message}`,
    hint: issue.code === "custom" ? String(issue.params?.hint) : "write a text",
  }));
}

/** YAML 1.2 reads an unquoted `yes` as a text, YAML 1.1 and so Python as true: what was meant is not certain. */
function checkAmbiguousWord({ node, category }: WrittenPhrase): readonly ContentMistake[] {
  if (node.quoted || !/^(?:yes|no|on|off)$/iu.test(node.value)) return [];
  const what = `phrase of category ${quoteText(category)} is a yes-or-no value, not a text: ${quoteText(node.value)}`;
  return [{ offset: node.start, until: node.end, what, hint: "put the phrase in quotes" }];
}

function checkTemplates(head: readonly SourceEntry[]): readonly ContentMistake[] {
  const both = head.filter(({ key }) => key === "template" || key === "templates");
  const second = both.find(({ key }) => key !== both[0]?.key);
  if (second === undefined) return [];
  const hint = "keep `templates`, with all templates in its list";
  return [
    { offset: second.keyNode.start, until: second.value.end, what: "both `template` and `templates`", hint },
  ];
}

function checkResiduals(categories: readonly (readonly SourceEntry[])[]): readonly ContentMistake[] {
  const residuals = categories
    .flatMap((entries) => entries.filter(({ key }) => key === "residual"))
    .filter(({ value }) => value.kind === "boolean" && value.value === true);
  return residuals.slice(1).map(({ keyNode, value }) => ({
    offset: keyNode.start,
    until: value.end,
    what: "a second residual category",
    hint: "only one category can take what fits nowhere else",
  }));
}

/** The mistake that a codebook has more phrases than can be compared with every image. */
export function checkPhraseCount({ categories }: CodebookForm): readonly ContentMistake[] {
  const items = categories.flatMap(({ value }) => phraseItems(value));
  const first = items[maxPhrases];
  if (first === undefined) return [];
  const what = `${items.length} phrases; a codebook may have ${maxPhrases}`;
  return [{ offset: first.start, until: first.end, what, hint: "is this the codebook, and not a table?" }];
}
