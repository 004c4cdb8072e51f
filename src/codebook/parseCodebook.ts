import type { z } from "zod";
import type { Category } from "./codebook.ts";
import { CodebookError, type CodebookMistake } from "./codebookError.ts";
import { type CodebookForm, type ContentMistake, readCodebookForm } from "./codebookForm.ts";
import { codebookSchema } from "./codebookSchema.ts";
import { decodeCodebook } from "./decodeCodebook.ts";
import { describeIssue } from "./describeIssue.ts";
import type { OffsetMistake } from "./describeSyntaxError.ts";
import { checkPhraseCount, findContentMistakes, writtenPhrases } from "./findContentMistakes.ts";
import type { WrittenPhrase } from "./findDoubles.ts";
import type { ParsedCodebook, PhrasePosition } from "./parsedCodebook.ts";
import { parseYamlTree } from "./parseYamlTree.ts";
import { entriesToObject, toPlainValue } from "./sourceNode.ts";
import { positionFinder, type SourcePosition } from "./sourcePosition.ts";

/**
 * Reads a codebook from the bytes of a YAML or JSON file, or of a Python dict with texts as keys and lists of texts.
 *
 * Two forms: the full one, with the top-level keys `title`, `language`, `template` or `templates`, and `categories`
 * (name -> list of phrases, or name -> `description`, `instructions`, `phrases`, `residual`, `examples`); and the plain one,
 * name -> list of phrases. A file with one of those five keys has the full form. Category names are kept as written
 * (`007`, `true`), all texts are trimmed, inner text is untouched.
 *
 * @throws CodebookError (a UserError) with every mistake of the file, each at its line and column
 */
export function parseCodebook(bytes: Uint8Array, file: string): ParsedCodebook {
  const { text, mistakes } = decodeCodebook(bytes);
  if (text === undefined) throw new CodebookError(file, mistakes);
  const locate = positionFinder(text);
  const tree = parseYamlTree(text);
  const atPlace = ({ offset, what, hint }: OffsetMistake): CodebookMistake => ({
    ...locate(offset),
    what,
    hint,
  });
  if (tree.root === undefined) throw new CodebookError(file, [...mistakes, ...tree.mistakes.map(atPlace)]);

  const form = readCodebookForm(tree.root);
  const tooMany = [...tree.mistakes, ...checkPhraseCount(form)];
  if (tooMany.length > tree.mistakes.length)
    throw new CodebookError(file, [...mistakes, ...tooMany.map(atPlace)]);
  const checked = codebookSchema.safeParse(schemaInput(form));
  const content: ContentMistake[] = [
    ...form.mistakes,
    ...(checked.error?.issues.flatMap((issue) => describeIssue(issue, form)) ?? []),
    ...findContentMistakes(form, locate),
  ];
  // Behind a syntax error nothing is certain, and an empty category may only be one that could not be read.
  const certain = content.filter(({ until }) => until <= tree.soundUntil);
  const visible = certain.map((mistake) => ({ ...mistake, offset: skipBlanks(text, mistake.offset) }));
  const all = [...mistakes, ...[...tree.mistakes, ...visible].map(atPlace)];
  if (all.length > 0 || !checked.success) throw new CodebookError(file, all);

  const { title, language, template, templates, categories } = checked.data;
  const names = form.categories.map(({ key }) => (key ?? "").trim());
  return {
    file,
    codebook: {
      ...(title !== undefined && { title }),
      ...(language !== undefined && { language }),
      templates: templates ?? (template === undefined ? [] : [template]),
      categories: names.map((name, index) => toCategory(name, categories[index])),
    },
    categoryPositions: form.categories.map(({ keyNode }) => locate(keyNode.start)),
    phrasePositions: writtenPhrases(form.categories).map(({ node }) => phrasePosition(node, text, locate)),
  };
}

/** Where nothing was written, as before the colon of a missing name, the parser points at the blanks before. */
function skipBlanks(text: string, offset: number): number {
  const blanks = /[ \t]*(?=\S)/uy;
  blanks.lastIndex = offset;
  return offset + (blanks.exec(text)?.[0].length ?? 0);
}

/** The file in the full form, each category under its number in the file instead of its name. */
function schemaInput({ head, categories }: CodebookForm): Record<string, unknown> {
  const input = entriesToObject(head);
  const written = categories.map(({ value }, index): [string, unknown] => {
    if (value.kind === "mapping") return [`${index}`, toPlainValue(value)];
    return [`${index}`, { phrases: value.kind === "empty" ? [] : toPlainValue(value) }];
  });
  input.categories = Object.fromEntries(written);
  return input;
}

type CheckedCategory = z.output<typeof codebookSchema>["categories"][string];

function toCategory(name: string, checked: CheckedCategory | undefined): Category {
  if (checked === undefined) throw new RangeError(`category ${name} was not checked`);
  const { description, instructions, phrases, residual, examples } = checked;
  return {
    name,
    ...(description !== undefined && { description }),
    ...(instructions !== undefined && { instructions }),
    phrases,
    ...(residual !== undefined && { residual }),
    ...(examples !== undefined && { examples }),
  };
}

function phrasePosition(
  { end, start, quoted }: WrittenPhrase["node"],
  text: string,
  locate: (offset: number) => SourcePosition,
): PhrasePosition {
  const comment = /[ \t]+(#[^\s#][^\n\r]*)/uy;
  comment.lastIndex = end;
  const adjoiningComment = quoted ? undefined : comment.exec(text)?.[1];
  return { ...locate(start), ...(adjoiningComment !== undefined && { adjoiningComment }) };
}
