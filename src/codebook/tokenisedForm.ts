// The pieces that CLIP's tokenizer cuts a text into before it looks up parts of words.
const pieces = /'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/gu;

/**
 * A phrase as CLIP's text tower gets to see it: in composed Unicode and lower case, cut into words, single digits and runs of
 * other signs, however many blanks are between them (openai/CLIP, simple_tokenizer.py). Phrases of one form are one phrase.
 */
export function tokenisedForm(phrase: string): string {
  return (phrase.normalize("NFC").toLowerCase().match(pieces) ?? []).join(" ");
}
