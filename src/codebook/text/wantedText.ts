import type { CodebookDraft, DraftCategory } from "../codebookDraft.ts";
import { categoryParts, isFullForm, maybeEntry, partsOf, phraseList } from "./draftOfLayout.ts";
import type { TextLayout } from "./readTextLayout.ts";
import type { TextPart, TextValue } from "./textPart.ts";

/** What a text shall say at one place, and what said it before. */
export interface WantedPart {
  /** The part that it was; undefined for a new one. */
  readonly source?: TextPart | undefined;
  /** undefined for a list item. */
  readonly key?: string;
  readonly value: WantedValue;
  readonly comment?: string | undefined;
}

/** A value to be written: `lines` may have line breaks. */
export type WantedValue =
  | { readonly kind: "text"; readonly text: string; readonly lines?: boolean }
  | { readonly kind: "flag"; readonly flag: boolean }
  | { readonly kind: "list" | "mapping"; readonly parts: readonly WantedPart[] };

/** Keys that stand before the categories, and those of a category, in the order in which new ones are written. */
const headOrder = ["title", "language", "template", "templates", "categories"];
const categoryOrder = ["description", "instructions", "residual", "examples", "phrases"];

/** Whether a draft needs keys beside its categories, or in them, and so the full form. */
export function needsFullForm(draft: CodebookDraft): boolean {
  const { title, language, templates, categories } = draft;
  const hasHead = title !== undefined || language !== undefined || templates.length > 0;
  return hasHead || categories.some((category) => hasSettings(category) || headOrder.includes(category.name));
}

/** Whether a category is more than its phrases. */
export function hasSettings(category: DraftCategory): boolean {
  const { description, instructions, residual, examples } = category;
  return [description, instructions, residual, examples].some((setting) => setting !== undefined);
}

/**
 * What a codebook's text shall say, each part with the part of the old text that it was.
 * @param layout the old text; undefined for a new one
 */
export function wantedText(draft: CodebookDraft, layout: TextLayout | undefined): WantedValue {
  const isFull = layout === undefined ? needsFullForm(draft) : isFullForm(layout);
  const sources = layout === undefined ? [] : categoryParts(layout);
  const phrases = sources.flatMap((part) => partsOf(phraseList(part)));
  const take = takeOnce(sources);
  const takePhrase = takeOnce(phrases);
  const categories: WantedValue = {
    kind: "mapping",
    parts: draft.categories.map((category) => {
      const source = take(category.source);
      const items = category.phrases.map(({ source: index, text, comment }) => ({
        source: takePhrase(index),
        value: { kind: "text", text } as const,
        comment,
      }));
      const value = wantedCategory(category, { kind: "list", parts: items }, source);
      return { source, key: category.name, value, comment: category.comment };
    }),
  };
  if (!isFull) return categories;
  const root = layout?.root;
  const { title, language, templates } = draft;
  // One template keeps its key; the plural is for several, and where the file has it.
  const key = templates.length > 1 || maybeEntry(root, "templates") ? "templates" : "template";
  const templateValue: WantedValue =
    key === "template"
      ? { kind: "text", text: templates[0] ?? "" }
      : { kind: "list", parts: wantedTexts(templates, maybeEntry(root, "templates")?.value) };
  const hadEmptyList = partsOf(maybeEntry(root, "templates")?.value).length === 0;
  const wanted = new Map<string, WantedValue | undefined>([
    ["title", maybeTextValue(title)],
    ["language", maybeTextValue(language)],
    [key, templates.length > 0 || (key === "templates" && hadEmptyList) ? templateValue : undefined],
    ["categories", categories],
  ]);
  return { kind: "mapping", parts: wantedEntries(wanted, root, headOrder) };
}

function wantedCategory(
  category: DraftCategory,
  phrases: WantedValue,
  source: TextPart | undefined,
): WantedValue {
  const old = source?.value;
  const isShort = old === undefined || old.kind === "scalar" || old.holds === "list";
  if (isShort && !hasSettings(category)) return phrases;
  const { description, instructions, residual, examples } = category;
  const wanted = new Map<string, WantedValue | undefined>([
    ["description", maybeTextValue(description, true)],
    ["instructions", maybeTextValue(instructions, true)],
    ["residual", residual === undefined ? undefined : { kind: "flag", flag: residual }],
    [
      "examples",
      examples && { kind: "list", parts: wantedTexts(examples, maybeEntry(old, "examples")?.value) },
    ],
    ["phrases", phrases],
  ]);
  return { kind: "mapping", parts: wantedEntries(wanted, old, categoryOrder) };
}

/** Entries in the old order; a new one comes before the first one that it is written before in a new file. */
function wantedEntries(
  wanted: ReadonlyMap<string, WantedValue | undefined>,
  old: TextValue | undefined,
  order: readonly string[],
): readonly WantedPart[] {
  const rank = ({ key }: WantedPart) => order.indexOf(key ?? "");
  const parts: WantedPart[] = partsOf(old).flatMap((source) => {
    const key = newKeyOf(source.key?.text ?? "", wanted);
    const value = wanted.get(key);
    return value === undefined ? [] : [{ source, key, value, comment: source.comment }];
  });
  for (const [key, value] of wanted) {
    if (value === undefined || parts.some((part) => part.key === key)) continue;
    const part = { key, value };
    const at = parts.findIndex((other) => rank(other) > rank(part));
    parts.splice(at < 0 ? parts.length : at, 0, part);
  }
  return parts;
}

/** A single template's key becomes the plural one. */
function newKeyOf(key: string, wanted: ReadonlyMap<string, unknown>): string {
  return key === "template" && wanted.has("templates") ? "templates" : key;
}

/** Texts without an identity of their own: each is the first old one that says the same, else the one at its place. */
function wantedTexts(texts: readonly string[], old: TextValue | undefined): readonly WantedPart[] {
  const left: (TextPart | undefined)[] = [...partsOf(old)];
  const same = texts.map((text) => {
    const at = left.findIndex((part) => {
      return (
        part?.value.kind === "scalar" && part.value.node?.kind === "text" && part.value.node.value === text
      );
    });
    const found = left[at];
    if (at >= 0) left[at] = undefined;
    return found;
  });
  return texts.map((text, i) => {
    const source = same[i] ?? left[i];
    left[i] = undefined;
    return { source, value: { kind: "text", text }, comment: source?.comment };
  });
}

function maybeTextValue(text: string | undefined, lines = false): WantedValue | undefined {
  return text === undefined ? undefined : { kind: "text", text, lines };
}

/** Gives each part once: a copy of a part is a new one. */
function takeOnce<Part>(parts: readonly Part[]): (index: number | undefined) => Part | undefined {
  const taken = new Set<number>();
  return (index) => {
    if (index === undefined || taken.has(index)) return undefined;
    taken.add(index);
    return parts[index];
  };
}
