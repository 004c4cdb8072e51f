import type { Evaluation, MethodsText } from "../validation/evaluation.ts";
import { openCitations } from "./methods/citations.ts";
import { classificationSentences } from "./methods/classificationSentences.ts";
import { codingSentences } from "./methods/codingSentences.ts";
import { qualitySentences } from "./methods/qualitySentences.ts";
import { bibtexOf } from "./methods/reference.ts";
import { references } from "./methods/references.ts";
import { sampleSentences } from "./methods/sampleSentences.ts";

/** The paragraph that a paper can print about an evaluation, in whole sentences, and exactly what it cites, by first mention. */
export function methodsParagraph(evaluation: Omit<Evaluation, "methods">): MethodsText {
  const citations = openCitations();
  const subject = { evaluation, cite: citations.cite, note: citations.note };
  const paragraph = [
    ...classificationSentences(subject),
    ...sampleSentences(subject),
    ...codingSentences(subject),
    ...qualitySentences(subject),
  ].join(" ");
  return {
    paragraph,
    references: citations.cited.map((key) => {
      const reference = references[key];
      return { key, text: reference.text, bibtex: bibtexOf(reference) };
    }),
  };
}
