import { codebookPhrases } from "./codebook.ts";
import type { CodebookWarning, CodebookWarningCode } from "./codebookWarning.ts";
import { findNegation } from "./findNegation.ts";
import { findNearIdenticalPhrases } from "./nearIdenticalPhrases.ts";
import type { ParsedCodebook } from "./parsedCodebook.ts";
import { quoteText } from "./quoteText.ts";
import { isResidualName } from "./residualName.ts";

/** Categories with fewer phrases than a third of the largest are named: with chance alone they win a third as often. */
const unequalRatio = 3;

/**
 * What is allowed in a codebook but probably spoils the classification, in the file's order. `scoring` (default
 * `max`) is the rule by which phrases decide: with `mean` numbers of phrases need not be equal.
 */
export function lintCodebook(
  parsed: ParsedCodebook,
  options: { readonly scoring?: "max" | "sum" | "mean" } = {},
): readonly CodebookWarning[] {
  const warnings = [
    ...warnAboutCategories(parsed),
    ...(options.scoring === "mean" ? [] : warnAboutCounts(parsed, options.scoring ?? "max")),
    ...warnAboutPhrases(parsed),
    ...warnAboutPairs(parsed),
  ];
  return warnings.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function warnAboutCategories({ codebook, categoryPositions }: ParsedCodebook): readonly CodebookWarning[] {
  const { categories } = codebook;
  const place = categoryPositions[0] ?? { line: 1, column: 1 };
  if (categories.length === 1) {
    const what = "a single category: every image gets it";
    const hint = "add the categories it is to be told from, and one for what fits nowhere";
    return [{ ...place, code: "single-category", what, hint }];
  }
  if (categories.some(({ name, residual }) => residual === true || isResidualName(name))) return [];
  const what = "no residual category: an image that fits nowhere gets the least unfitting category";
  const hint = "add a category such as `Other` with phrases for what else occurs, and `residual: true`";
  return [{ ...place, code: "no-residual-category", what, hint }];
}

function warnAboutCounts(
  { codebook, categoryPositions }: ParsedCodebook,
  scoring: "max" | "sum",
): CodebookWarning[] {
  const counted = codebook.categories.map(({ name, phrases }, index) => ({
    name,
    count: phrases.length,
    index,
  }));
  const largest = counted.reduce((most, category) => (category.count > most.count ? category : most));
  const small = counted.filter(({ count }) => largest.count >= unequalRatio * count);
  if (small.length === 0) return [];
  const names = small.slice(0, 5).map(({ name, count }) => `${quoteText(name)} ${count}`);
  const more = small.length > names.length ? ` and ${small.length - names.length} more categories` : "";
  const rule = scoring === "max" ? "the best phrase decides" : "the phrases' probabilities are added";
  const least = Math.min(...small.map(({ count }) => count));
  const what =
    `very unequal numbers of phrases: ${quoteText(largest.name)} ${largest.count}, ${names.join(", ")}${more}; ` +
    `${rule}, and ${largest.count} phrases have ${largest.count} chances, ` +
    (least === 1 ? "1 phrase has one" : `${least} phrases have ${least}`);
  const hint = "give the categories about as many phrases, or use `--scoring mean`";
  const place = categoryPositions[largest.index] ?? { line: 1, column: 1 };
  return [{ ...place, code: "unequal-phrase-counts", what, hint }];
}

function warnAboutPhrases({ codebook, phrasePositions }: ParsedCodebook): readonly CodebookWarning[] {
  return codebookPhrases(codebook).flatMap(({ text }, index): CodebookWarning[] => {
    const place = phrasePositions[index];
    if (place === undefined) throw new RangeError("every phrase of a parsed codebook has its place");
    const { line, column, adjoiningComment } = place;
    const phrase = quoteText(text);
    const warnings: CodebookWarning[] = [];
    const warn = (code: CodebookWarningCode, what: string, hint: string) => {
      warnings.push({ line, column, code, what, hint });
    };
    const negation = findNegation(text, codebook.language);
    if (negation !== undefined) {
      const what = `phrase ${phrase} negates with "${negation}", which CLIP does not understand`;
      warn(
        "negation",
        what,
        "say what such pictures show instead: a thing that is named counts, negated or not",
      );
    }
    if (adjoiningComment !== undefined) {
      const what = `phrase ${phrase} ends before the comment ${quoteText(adjoiningComment)}`;
      warn(
        "comment-in-phrase",
        what,
        "put the phrase in quotes if # belongs to it, else write a blank after #",
      );
    }
    if (/^[“”„«»].*[“”„«»]$/u.test(text)) {
      warn("typographic-quotes", `phrase ${phrase} keeps its typographic quotes`, 'use straight quotes: "');
    }
    if (/^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}]+[.!?]?$/u.test(text)) {
      const hint = "CLIP was trained on captions: a sentence such as `a photo of ...` mostly does better";
      warn("one-word-phrase", `phrase ${phrase} is a single word`, hint);
    }
    return warnings;
  });
}

function warnAboutPairs({ codebook, phrasePositions }: ParsedCodebook): readonly CodebookWarning[] {
  const phrases = codebookPhrases(codebook);
  return findNearIdenticalPhrases(phrases.map(({ text }) => text)).flatMap(
    ({ first, second }): CodebookWarning[] => {
      const [earlier, later] = [phrases[first], phrases[second]];
      const [earlierPlace, place] = [phrasePositions[first], phrasePositions[second]];
      if (!earlier || !later || !earlierPlace || !place) throw new RangeError("a phrase without its place");
      const [name, otherName] = [later, earlier].map(
        ({ categoryIndex }) => codebook.categories[categoryIndex]?.name ?? "",
      );
      const categories =
        name === otherName
          ? `both of ${quoteText(name ?? "")}`
          : `of ${quoteText(name ?? "")} and ${quoteText(otherName ?? "")}`;
      const at = `line ${earlierPlace.line}, column ${earlierPlace.column}`;
      const what = `phrases ${quoteText(later.text)} and ${quoteText(earlier.text)} (${at}), ${categories}, say nearly the same`;
      const hint =
        name === otherName
          ? "one of them is enough"
          : "chance decides between the two categories: tell them apart in words";
      return [{ line: place.line, column: place.column, code: "near-identical-phrases", what, hint }];
    },
  );
}
