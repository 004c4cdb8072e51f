import { useAddress } from "../address.ts";
import { formatCount, formatPercent } from "../format.ts";
import { Failure } from "../shell/Failure.tsx";
import { Link } from "../shell/Link.tsx";
import type { DraftScores } from "./codebookAnswers.ts";
import { JudgedEffect } from "./JudgedEffect.tsx";
import { MoveLink } from "./MoveLink.tsx";
import { NotesOverview } from "./NotesOverview.tsx";
import { panelHref } from "./panels.ts";
import type { ReportState } from "./useDraftReport.ts";

/** Moves that are named before "and more". */
const namedMoves = 4;

/** What the draft would do to the run's images, or why nobody can say. */
export function EffectStrip({
  runId,
  state,
  askAgain,
}: {
  readonly runId: number | undefined;
  readonly state: ReportState;
  readonly askAgain: () => void;
}) {
  const { numbers, isWaiting, error } = state;
  if (error !== undefined) {
    return (
      <section class="effect" aria-label="What the draft does">
        <Failure error={error} />
        <button type="button" onClick={askAgain}>
          Try again
        </button>
      </section>
    );
  }
  if (numbers === undefined) {
    return (
      <section class="effect" aria-label="What the draft does">
        {runId === undefined && <WithoutRun />}
        <p class="effect-headline soft">
          {runId === undefined ? "Checking the draft …" : "Sorting the images by the draft …"}
        </p>
      </section>
    );
  }
  const { scores, cannotScore, mistakes } = numbers.report;
  return (
    <section class={isWaiting ? "effect is-waiting" : "effect"} aria-label="What the draft does">
      <div class="effect-first">
        {runId === undefined && <WithoutRun />}
        {scores !== undefined && <MovedSentence scores={scores} runId={runId} />}
        {scores === undefined && mistakes.length > 0 && (
          <p class="effect-headline" role="status">
            <strong>
              {mistakes.length === 1 ? "A mistake keeps" : `${formatCount(mistakes.length)} mistakes keep`}{" "}
              this from being a codebook.
            </strong>{" "}
            {runId !== undefined && (
              <span class="soft">
                Counts come back when {mistakes.length === 1 ? "it is" : "they are"} mended.
              </span>
            )}
          </p>
        )}
        {scores === undefined && cannotScore !== undefined && (
          <div role="status">
            <p class="effect-headline">
              <strong>No counts for this draft: </strong>
              <span dir="auto">{cannotScore.error}</span>
            </p>
            {cannotScore.hint !== undefined && (
              <p class="soft" dir="auto">
                {cannotScore.hint}
              </p>
            )}
          </div>
        )}
        <NotesOverview numbers={numbers} />
      </div>
      {scores !== undefined && <MovesLine scores={scores} />}
      <JudgedEffect judged={scores?.judged} />
    </section>
  );
}

function MovedSentence({
  scores,
  runId,
}: {
  readonly scores: DraftScores;
  readonly runId: number | undefined;
}) {
  const { units, moved } = scores;
  return (
    <p class="effect-headline" role="status">
      {moved === 0 ? (
        <>
          <strong>No image moved</strong>{" "}
          <span class="soft">
            of {formatCount(units)}: the draft sorts them as run {runId} does
          </span>
        </>
      ) : (
        <>
          <strong>
            {formatCount(moved)} {moved === 1 ? "image" : "images"} moved
          </strong>{" "}
          <span class="soft">
            of {formatCount(units)}, {formatPercent(moved / units)}, against run {runId}
          </span>
        </>
      )}
    </p>
  );
}

function MovesLine({ scores: { moves } }: { readonly scores: DraftScores }) {
  const { query } = useAddress();
  const further = moves.slice(namedMoves);
  if (moves.length === 0) return null;
  return (
    <ul class="move-list">
      {moves.slice(0, namedMoves).map((move) => (
        <li key={`${move.from} ${move.to}`}>
          <MoveLink move={move} />
        </li>
      ))}
      {further.length > 0 && (
        <li>
          <Link class="move" href={panelHref(query, "moves")}>
            and {formatCount(further.reduce((sum, { count }) => sum + count, 0))} in{" "}
            {formatCount(further.length)} more ways
          </Link>
        </li>
      )}
    </ul>
  );
}

function WithoutRun() {
  return (
    <p class="effect-headline">
      <strong>No run yet, so no counts.</strong> You can write and save the codebook. Counts, moved images and
      similar phrases come with the first run: save, then <Link href="/indexing">add images</Link> or start{" "}
      <code>clipbook classify FOLDER</code> in a terminal.
    </p>
  );
}
