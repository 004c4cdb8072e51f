import { formatCount } from "../format.ts";
import type { PhraseScore, PhraseShift } from "./codebookAnswers.ts";

/** From which phrases of the run a phrase takes images, and to which it gives them: the largest in a line, all on demand. */
export function PhraseShifts({ score }: { readonly score: PhraseScore | undefined }) {
  if (score === undefined || score.stealsFrom.length + score.givesTo.length === 0) return null;
  const { stealsFrom, givesTo } = score;
  return (
    <details class="shifts">
      <summary>
        <ShiftSummary verb="takes" preposition="from" shifts={stealsFrom} />
        {stealsFrom.length > 0 && givesTo.length > 0 && " · "}
        <ShiftSummary verb="gives" preposition="to" shifts={givesTo} />
      </summary>
      <ShiftList heading="Takes from" shifts={stealsFrom} />
      <ShiftList heading="Gives to" shifts={givesTo} />
    </details>
  );
}

function ShiftSummary({
  verb,
  preposition,
  shifts,
}: {
  readonly verb: string;
  readonly preposition: string;
  readonly shifts: readonly PhraseShift[];
}) {
  const first = shifts[0];
  if (first === undefined) return null;
  const others = shifts.length - 1;
  return (
    <span>
      {verb} {formatCount(first.count)} {preposition}{" "}
      <q dir="auto" class="clipped">
        {first.phrase}
      </q>
      {others > 0 && ` and from ${formatCount(others)} more`.replace("from", preposition)}
    </span>
  );
}

function ShiftList({
  heading,
  shifts,
}: {
  readonly heading: string;
  readonly shifts: readonly PhraseShift[];
}) {
  if (shifts.length === 0) return null;
  return (
    <>
      <p class="shift-heading">{heading}</p>
      <ul>
        {shifts.map(({ phrase, category, count }) => (
          <li key={`${category} ${phrase}`}>
            <span class="shift-count">{formatCount(count)}</span> <bdi>{phrase}</bdi>{" "}
            <bdi class="soft">{category}</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}
