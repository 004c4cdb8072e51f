import { codebookPhrases } from "../../codebook/codebook.ts";
import type { ParsedCodebook } from "../../codebook/parsedCodebook.ts";
import { checkPhraseLengths } from "../../codebook/phraseLength.ts";
import type { Encoder } from "../../model/openEncoder.ts";
import { textsOfPhrase } from "../embedPhrases.ts";
import type { CheckedDraft } from "./checkDraft.ts";
import type { DraftNote } from "./draftReport.ts";

/** How long a draft's phrases are for a model. */
export interface DraftLengths {
  /** Of each phrase in its longest template. `[P]` */
  readonly tokens: readonly number[];
  readonly contextLength: number;
  /** Phrases that the model does not read to their end. */
  readonly tooLong: readonly DraftNote[];
}

/** Counts the tokens of every phrase in its templates. */
export function draftLengths(
  parsed: ParsedCodebook,
  { countTokens, contextLength }: Pick<Encoder, "countTokens" | "contextLength">,
  noteOf: CheckedDraft["noteOf"],
): DraftLengths {
  const { codebook } = parsed;
  const counted = new Map<string, number>();
  const count = (text: string) => {
    const tokens = counted.get(text) ?? countTokens(text);
    counted.set(text, tokens);
    return tokens;
  };
  return {
    tokens: codebookPhrases(codebook).map(({ text }) =>
      Math.max(...textsOfPhrase(codebook, text).map((filled) => count(filled))),
    ),
    contextLength,
    tooLong: checkPhraseLengths(parsed, count, contextLength).map((mistake) =>
      noteOf({ ...mistake, hint: "shorten it" }, "phrase-too-long"),
    ),
  };
}
