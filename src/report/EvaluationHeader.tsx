import { estimateText } from "../figures/evaluation/estimateText.ts";
import type { Evaluation } from "../validation/evaluation.ts";
import { formatCount, formatDay } from "./formatNumbers.ts";
import { scoreText } from "./methods/wordsOf.ts";

/** Title and the figures at a glance, each with its interval. */
export function EvaluationHeader({ evaluation }: { readonly evaluation: Evaluation }) {
  const { madeAt, title, quality, reliability, gold, categories } = evaluation;
  const facts = [
    { word: "Krippendorff’s α of the coders", value: estimateText(reliability.alpha, scoreText) },
    { word: "accuracy of the model", value: estimateText(quality.accuracy, scoreText) },
    { word: "macro-F1", value: estimateText(quality.macroF1, scoreText) },
    { word: "images with a true category", value: formatCount(gold.known) },
    { word: categories.length === 1 ? "category" : "categories", value: formatCount(categories.length) },
  ];
  return (
    <header>
      <p class="eyebrow">
        Clipbook evaluation · <time dateTime={madeAt}>{formatDay(madeAt)}</time>
      </p>
      <h1 dir="auto">{title}</h1>
      <dl class="facts">
        {facts.map(({ word, value }) => (
          <div>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}
