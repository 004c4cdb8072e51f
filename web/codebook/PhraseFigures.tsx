import { formatCount, formatPercent } from "../format.ts";
import type { PhraseNumbers } from "./boardNumbers.ts";

/** From this part of the model's context on a phrase is named as nearly too long. */
const nearlyFull = 0.9;

/** A phrase in numbers: images that it wins, and won in the run, their mean probability, and its tokens. */
export function PhraseFigures({ numbers }: { readonly numbers: PhraseNumbers | undefined }) {
  const score = numbers?.score;
  const wins = score === undefined ? "–" : formatCount(score.wins);
  const winsInRun = score?.winsInRun === undefined ? "–" : formatCount(score.winsInRun);
  const mean = score?.meanProbability === undefined ? "–" : formatPercent(score.meanProbability);
  const changed = score !== undefined && score.wins !== score.winsInRun;
  return (
    <dl class="phrase-figures">
      <div>
        <dt>wins</dt>
        <dd class={changed ? "changed" : undefined}>{wins}</dd>
      </div>
      <div>
        <dt>in the run</dt>
        <dd class="soft">{winsInRun}</dd>
      </div>
      <div>
        <dt>mean prob.</dt>
        <dd>{mean}</dd>
      </div>
      <div>
        <dt>tokens</dt>
        <dd>
          <Tokens tokens={numbers?.tokens} />
        </dd>
      </div>
    </dl>
  );
}

function Tokens({ tokens }: { readonly tokens: PhraseNumbers["tokens"] }) {
  if (tokens === undefined) return <span class="soft">–</span>;
  const { used, most } = tokens;
  const text = `${formatCount(used)} of ${formatCount(most)}`;
  if (used > most) return <strong class="amber">{text}: too long</strong>;
  if (used >= most * nearlyFull) return <span class="amber">{text}: nearly full</span>;
  return <span class="soft">{text}</span>;
}
