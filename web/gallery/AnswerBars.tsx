import { useState } from "preact/hooks";
import { formatCount, formatDecimal, formatPercent } from "../format.ts";
import type { RunAnswer, UnitAnswer } from "./galleryAnswers.ts";

/** So many phrases are shown until more are asked for. */
const fewBars = 10;

/** All phrases' probabilities of a unit as bars, the most probable first; where a run compared categories, theirs before. */
export function AnswerBars({ unit, run }: { readonly unit: UnitAnswer; readonly run: RunAnswer }) {
  const { scores, categoryProbabilities, category, phrase, runnerUp } = unit;
  if (scores.length === 0) return null;
  const markOf = (text: string, of: string, wins: string | undefined, next: string | undefined): Mark =>
    text === wins && of === category
      ? "winner"
      : text === next && of === runnerUp?.category
        ? "runner-up"
        : undefined;
  const phraseBars = scores.map((score) => ({
    key: score.phrase,
    text: score.phrase,
    under: score.category,
    probability: score.probability,
    cosine: score.cosine,
    mark: markOf(score.phrase, score.category, phrase, runnerUp?.phrase),
  }));
  const categoryBars = categoryProbabilities?.map((probability, index): Bar => {
    const name = run.categories[index]?.name ?? "";
    return {
      key: name,
      text: name,
      under: undefined,
      cosine: undefined,
      probability,
      mark: markOf(name, name, category, runnerUp?.category),
    };
  });
  return (
    <>
      {categoryBars && <Bars title="Categories" bars={categoryBars} />}
      <Bars title={categoryBars ? "Phrases, each by itself" : "Phrases"} bars={phraseBars} />
    </>
  );
}

type Mark = "winner" | "runner-up" | undefined;

interface Bar {
  readonly key: string;
  readonly text: string;
  /** The phrase's category. */
  readonly under: string | undefined;
  readonly probability: number;
  readonly cosine: number | undefined;
  readonly mark: Mark;
}

function Bars({ title, bars }: { readonly title: string; readonly bars: readonly Bar[] }) {
  const [isWhole, setIsWhole] = useState(false);
  const sorted = bars.toSorted((a, b) => b.probability - a.probability);
  const shown = isWhole ? sorted : sorted.slice(0, fewBars);
  const largest = sorted[0]?.probability || 1;
  return (
    <section>
      <h3>{title}</h3>
      <ol class="answer-bars">
        {shown.map(({ key, text, under, probability, cosine, mark }) => (
          <li key={key} class={mark}>
            <span class="text">
              <bdi>{text}</bdi>
              {mark && <em class="mark">{mark}</em>}
            </span>
            <span class="value">{formatPercent(probability)}</span>
            <span class="bar" style={{ "--part": `${(probability / largest) * 100}%` }} />
            {(under !== undefined || cosine !== undefined) && (
              <span class="soft small">
                <bdi>{under}</bdi>
                {cosine !== undefined && ` · cosine ${formatDecimal(cosine)}`}
              </span>
            )}
          </li>
        ))}
      </ol>
      {sorted.length > fewBars && (
        <button type="button" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? "Fewer" : `All ${formatCount(sorted.length)}`}
        </button>
      )}
    </section>
  );
}
