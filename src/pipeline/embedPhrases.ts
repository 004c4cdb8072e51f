import { type Codebook, codebookPhrases, fillTemplate } from "../codebook/codebook.ts";
import { embeddingAt } from "../embeddings.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Study } from "../store/openStudy.ts";

/**
 * Sees to it that the study has an embedding of every phrase, in each of its templates. Only texts that the study has
 * not met before go through the text tower.
 * @throws UserError when the study cannot be written or the tower is damaged
 */
export async function embedPhrases(
  study: Study,
  encoder: Encoder,
  encoderId: number,
  codebook: Codebook,
): Promise<void> {
  const texts = codebookPhrases(codebook).flatMap(({ text }) => textsOfPhrase(codebook, text));
  const missing = [...new Set(texts)].filter(
    (text) => study.embeddings.maybeOfText(encoderId, text) === undefined,
  );
  if (missing.length === 0) return;
  const vectors = await encoder.embedTexts(missing);
  study.transaction(() =>
    study.embeddings.saveTexts(
      encoderId,
      missing.map((text, i) => [text, embeddingAt(vectors, i)] as const),
    ),
  );
}

/** The texts that the text tower reads for a phrase: one per template, or the phrase itself. */
export function textsOfPhrase(codebook: Codebook, phrase: string): readonly string[] {
  if (codebook.templates.length === 0) return [phrase];
  return codebook.templates.map((template) => fillTemplate(template, phrase));
}
