import type { CodebookDraft, DraftCategory } from "../codebookDraft.ts";
import { codebookKeys } from "../codebookSchema.ts";
import type { TextLayout } from "./readTextLayout.ts";
import type { TextPart, TextValue } from "./textPart.ts";

/** The entries of a mapping, the items of a list; none of a single value. */
export function partsOf(value: TextValue | undefined): readonly TextPart[] {
  return value === undefined || value.kind === "scalar" ? [] : value.parts;
}

/** A mapping's entry by its key. */
export function maybeEntry(value: TextValue | undefined, ...keys: readonly string[]): TextPart | undefined {
  return partsOf(value).find(({ key }) => key !== undefined && keys.includes(key.text));
}

/** Whether a codebook has keys of its own beside its categories, as `readCodebookForm` tells it. */
export function isFullForm({ root }: TextLayout): boolean {
  return maybeEntry(root, ...codebookKeys) !== undefined;
}

/** The entries that are categories. */
export function categoryParts(layout: TextLayout): readonly TextPart[] {
  return partsOf(isFullForm(layout) ? maybeEntry(layout.root, "categories")?.value : layout.root);
}

/** The list of a category's phrases as it is written. */
export function phraseList({ value }: TextPart): TextValue | undefined {
  if (value.kind === "scalar") return undefined;
  return value.holds === "list" ? value : maybeEntry(value, "phrases")?.value;
}

/** What a codebook's text says, with its comments; whether it may say so is not asked. */
export function draftOfLayout(layout: TextLayout): CodebookDraft {
  const head = isFullForm(layout) ? layout.root : undefined;
  const single = maybeText(maybeEntry(head, "template"));
  const templates = partsOf(maybeEntry(head, "templates")?.value).map(textOf);
  let phrase = 0;
  return {
    ...defined({ title: maybeText(maybeEntry(head, "title")) }),
    ...defined({ language: maybeText(maybeEntry(head, "language")) }),
    templates: single === undefined ? templates : [single],
    categories: categoryParts(layout).map((part, source): DraftCategory => {
      const residual = maybeEntry(part.value, "residual")?.value;
      const flag =
        residual?.kind === "scalar" && residual.node?.kind === "boolean" ? residual.node.value : undefined;
      const examples = maybeEntry(part.value, "examples")?.value;
      return {
        source,
        name: part.key?.text ?? "",
        ...defined({ description: maybeText(maybeEntry(part.value, "description")) }),
        ...defined({ instructions: maybeText(maybeEntry(part.value, "instructions")) }),
        ...defined({ residual: flag === undefined ? undefined : flag === true }),
        ...defined({ examples: examples && partsOf(examples).map(wholeText) }),
        ...defined({ comment: part.comment }),
        phrases: partsOf(phraseList(part)).map((item) => ({
          source: phrase++,
          text: textOf(item),
          ...defined({ comment: item.comment }),
        })),
      };
    }),
  };
}

/** A single value's text as codebooks read it: trimmed. */
function textOf(part: TextPart): string {
  return wholeText(part).trim();
}

function maybeText(part: TextPart | undefined): string | undefined {
  return part && textOf(part);
}

function wholeText({ value }: TextPart): string {
  return value.kind === "scalar" && value.node?.kind === "text" ? value.node.value : "";
}

function defined<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: NonNullable<Fields[Key]> } {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as { [Key in keyof Fields]?: NonNullable<Fields[Key]> };
}
