import { Composer, type CST, type ParsedNode, type YAMLError } from "yaml";
import { describeSyntaxError, type OffsetMistake } from "./describeSyntaxError.ts";
import { findOddIndentation, straightenIndentation } from "./oddIndentation.ts";
import { blankAssignment, doubleEscapedApostrophes, startsWithBrace } from "./pythonLiteral.ts";
import { type RefusedLexeme, readYamlTokens } from "./readYamlTokens.ts";
import { readSourceNode, type SourceNode } from "./sourceNode.ts";
import { positionFinder } from "./sourcePosition.ts";

/** What could be read of a codebook's text as YAML 1.2, JSON or a Python dict. */
export interface YamlTree {
  /** Undefined where nothing could be read. */
  readonly root: SourceNode | undefined;
  readonly mistakes: readonly OffsetMistake[];
  /** Start of the line of the first syntax error: what ends before it was read as it was meant. */
  readonly soundUntil: number;
}

interface Reading {
  readonly contents: ParsedNode | null | undefined;
  readonly refused: readonly RefusedLexeme[];
  readonly errors: readonly YAMLError[];
  /** Where a second document begins. */
  readonly secondDocument: number | undefined;
}

/**
 * Reads a codebook's text, with the place of everything in it. Python's `name = {...}`, `'it\'s'` and `#` right
 * after a comma are understood; anchors, aliases, tags, directives and further documents are mistakes.
 */
export function parseYamlTree(source: string): YamlTree {
  const text = blankAssignment(source);
  let reading = readYaml(text);
  if (reading.errors.length + reading.refused.length > 0 && startsWithBrace(text)) {
    const python = readYaml(doubleEscapedApostrophes(text));
    if (python.errors.length + python.refused.length === 0) reading = python;
  }
  const indentation = startsWithBrace(text) ? [] : findOddIndentation(text, reading.errors.length === 0);
  // With tabs the parser guesses the nesting; as many spaces show what was meant, and the other mistakes in it.
  if (indentation.length > 0) reading = readYaml(straightenIndentation(text));
  const errors = reading.errors.filter(({ code }) => indentation.length === 0 || codesWithinLines.has(code));
  const quote = reading.refused.find(({ swallowsRest }) => swallowsRest)?.offset ?? text.length + 1;
  const firstError = reading.errors.reduce((first, { pos }) => Math.min(first, pos[0]), quote);
  const soundUntil = firstError > text.length ? firstError : text.lastIndexOf("\n", firstError - 1) + 1;
  // An unclosed quote explains every error behind it.
  const unexplained = errors.filter(({ pos }) => pos[0] < quote);
  const known = [...reading.refused, ...indentation];
  const described = firstPerLine(unexplained, known, text).map((error) => describeSyntaxError(error, text));
  const mistakes = [...known, ...described];
  if (reading.secondDocument !== undefined) {
    mistakes.push({
      offset: reading.secondDocument,
      what: "a second document",
      hint: "remove the line `---`; one file holds one codebook",
    });
  }
  const root = reading.contents === undefined ? undefined : readSourceNode(reading.contents, 0);
  return { root, mistakes, soundUntil };
}

/** Errors that are no consequence of a line's indentation. */
const codesWithinLines: ReadonlySet<string> = new Set([
  "BAD_SCALAR_START",
  "BAD_DQ_ESCAPE",
  "UNEXPECTED_TOKEN",
]);

function readYaml(text: string): Reading {
  const { tokens, refused } = readYamlTokens(text);
  if (tokens === undefined) return { contents: undefined, refused, errors: [], secondDocument: undefined };
  const composer = new Composer({
    version: "1.2",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const [first, second] = [...composer.compose(tokens as Iterable<CST.Token>, true, text.length)];
  const errors = (first?.errors ?? []).filter((error) => !isPythonComment(error));
  return { contents: first?.contents ?? null, refused, errors, secondDocument: second?.range[0] };
}

/** YAML wants a blank before `#`; after a comma or a bracket nothing else than a comment can be meant. */
function isPythonComment(error: YAMLError): boolean {
  return error.message.startsWith("Comments must be separated");
}

/** The first error of each line that has none of `known`: the parser reports follow-up faults too. */
function firstPerLine(
  errors: readonly YAMLError[],
  known: readonly OffsetMistake[],
  text: string,
): readonly YAMLError[] {
  const locate = positionFinder(text);
  const lines = new Set(known.map(({ offset }) => locate(offset).line));
  return errors
    .toSorted((a, b) => a.pos[0] - b.pos[0])
    .filter(({ pos }) => {
      const { line } = locate(pos[0]);
      if (lines.has(line)) return false;
      lines.add(line);
      return true;
    });
}
