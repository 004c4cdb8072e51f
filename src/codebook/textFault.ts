import { hasMarkTower, mostCombiningMarks } from "../combiningMarks.ts";

/** What a text must not contain, and what to do about it. */
export interface TextFault {
  readonly what: string;
  readonly hint: string;
}

/** `lines` texts (descriptions, instructions) may have line breaks and tabs; a `name` is a file's and no model reads it. */
export type TextRole = "line" | "lines" | "name";

/** The longest phrase, name or template, in UTF-16 units: many times what any text tower reads. */
const maxLineLength = 2000;

const lineBreak = /[\n\r\u0085\u2028\u2029]/u;
const control = /\p{Cc}/u;
const controlInLines = /(?![\n\r\t])\p{Cc}/u;
// Special tokens of the tokenizers of CLIP (`<|endoftext|>`), SigLIP and their relatives.
const specialToken = /<\|[^\s|<>]*\|>|<\/?s>|<(?:pad|unk|bos|eos|mask)>/iu;
const pythonPrefix = /^(?:[rbuf]|rb|br|rf|fr)(["']).*\1$/iu;
const writtenEscape = /\\(?:[nrt"']|u[0-9a-f]{4}|x[0-9a-f]{2}|U[0-9a-f]{8})/iu;

/** What in a text no text tower or coder should be given; undefined for a good text. */
export function findTextFault(text: string, role: TextRole): TextFault | undefined {
  const character = (role === "lines" ? controlInLines : control).exec(text)?.[0];
  if (role !== "lines" && lineBreak.test(text)) {
    return {
      what: "contains a line break",
      hint: "write it on one line, or begin the block with > instead of |",
    };
  }
  if (character !== undefined) {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return { what: `contains the control character U+${code}`, hint: "remove it; a blank separates words" };
  }
  if (!text.isWellFormed() || text.includes("\uFFFD")) {
    return { what: "contains a damaged character", hint: "type it again; an earlier conversion has lost it" };
  }
  if (role !== "name" && hasMarkTower(text)) {
    return {
      what: `has more than ${mostCombiningMarks} marks on one letter`,
      hint: "remove them; no script needs so many",
    };
  }
  if (role !== "line") return undefined;
  if (text.length > maxLineLength) {
    return {
      what: `has ${text.length} characters, more than ${maxLineLength}`,
      hint: "shorten it; models read a sentence",
    };
  }
  const token = specialToken.exec(text)?.[0];
  if (token !== undefined) {
    return { what: `contains ${token}, which a model reads as a command`, hint: "remove it" };
  }
  const escaped = writtenEscape.exec(text)?.[0];
  if (escaped !== undefined) {
    return {
      what: `contains ${escaped} as it stands`,
      hint: "escapes work in double quotes only; type the character itself",
    };
  }
  if (pythonPrefix.test(text)) {
    return { what: "is a Python string with a prefix", hint: "remove the letter before the quote" };
  }
  return undefined;
}

/** What is wrong with a template; undefined for a text with one `{}`. */
export function findTemplateFault(template: string): TextFault | undefined {
  const places = template.split("{}").length - 1;
  const hint = "write {} once, where the phrase goes, such as: 'a photo of {}'";
  if (places === 0) return { what: "has no {}", hint };
  return places > 1 ? { what: `has {} ${places} times`, hint } : findTextFault(template, "line");
}
