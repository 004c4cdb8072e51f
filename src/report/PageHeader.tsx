import { formatCount, formatDay } from "./formatNumbers.ts";
import type { Overview } from "./overview.ts";
import { probabilityMeaning } from "./probabilityMeaning.ts";
import { unitWord } from "./unitWord.ts";

/** Title, the numbers of the run at a glance, and what the page is and is not. */
export function PageHeader({ overview }: { readonly overview: Overview }) {
  return (
    <header>
      <p class="eyebrow">
        Clipbook overview · <time dateTime={overview.writtenAt}>{formatDay(overview.writtenAt)}</time>
      </p>
      <h1 dir="auto">{overview.title}</h1>
      <Facts overview={overview} />
      <div class="caveat" role="note" aria-label="What this page is">
        {overview.aboutTheModel !== undefined && (
          <p>
            <b>About this model:</b> {overview.aboutTheModel}.
          </p>
        )}
        <p>
          <b>An impression, not a validation.</b> The images below help to see whether the codebook does what
          it is meant to. They do not tell how often it is right: for that, people have to code a random
          sample without seeing the predictions.
        </p>
        <p>
          <b>Probabilities are not confidences.</b> {probabilityMeaning(overview).join(" ")}
        </p>
      </div>
    </header>
  );
}

function Facts({ overview: { counts, categories } }: { readonly overview: Overview }) {
  const phrases = categories.reduce((sum, category) => sum + category.phrases.length, 0);
  const ownImages = counts.images === counts.classified;
  return (
    <dl class="facts">
      <Fact count={counts.classified} word={`${unitWord(counts, counts.classified)} classified`} />
      {!ownImages && (
        <Fact count={counts.images} word={counts.images === 1 ? "different image" : "different images"} />
      )}
      <Fact count={categories.length} word={categories.length === 1 ? "category" : "categories"} />
      <Fact count={phrases} word={phrases === 1 ? "phrase" : "phrases"} />
      <Fact count={counts.failed} word="failed" href="#failures" />
      {counts.warned > 0 && <Fact count={counts.warned} word="with a warning" href="#failures" />}
    </dl>
  );
}

function Fact({
  count,
  word,
  href,
}: {
  readonly count: number;
  readonly word: string;
  readonly href?: string;
}) {
  return (
    <div>
      <dt>{href === undefined || count === 0 ? word : <a href={href}>{word}</a>}</dt>
      <dd>{formatCount(count)}</dd>
    </div>
  );
}
