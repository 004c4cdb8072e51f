import { formatCount } from "./formatNumbers.ts";
import { LongText } from "./LongText.tsx";
import type { OverviewCategory } from "./overview.ts";

type PhraseWin = OverviewCategory["phrases"][number];

/** Phrases that are open from the start; the others wait behind one click. */
const OPEN = 12;

/** A category's phrases, those that won most often first, each with its number of wins and a small bar. */
export function PhraseWins({ category }: { readonly category: OverviewCategory }) {
  const phrases = category.phrases.toSorted((a, b) => b.wins - a.wins);
  const most = phrases[0]?.wins ?? 0;
  const more = phrases.length - OPEN;
  return (
    <>
      <PhraseList phrases={phrases.slice(0, OPEN)} most={most} />
      {more > 0 && (
        <details class="more">
          <summary>{more === 1 ? "One more phrase" : `${formatCount(more)} more phrases`}</summary>
          <PhraseList phrases={phrases.slice(OPEN)} most={most} />
        </details>
      )}
    </>
  );
}

function PhraseList({ phrases, most }: { readonly phrases: readonly PhraseWin[]; readonly most: number }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role where list-style is none
    <ul class="phrases" role="list">
      {phrases.map(({ text, wins }) => (
        <li class={wins === 0 ? "never" : undefined}>
          <b>{formatCount(wins)}</b>
          <i style={`--w:${most === 0 ? 0 : Math.round((wins / most) * 1000) / 10}%`} />
          <div>
            <LongText text={text} limit={220} />
          </div>
        </li>
      ))}
    </ul>
  );
}
