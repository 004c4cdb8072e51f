import type { QueryChanges } from "../address.ts";
import { answer, api } from "../api.ts";
import { Link } from "../shell/Link.tsx";
import { useAnswer } from "../useAnswer.ts";
import { fileName } from "./fileName.ts";
import type { RunAnswer } from "./galleryAnswers.ts";
import type { GalleryState } from "./galleryState.ts";
import { Thumbnail } from "./Thumbnail.tsx";

/** By what the images are ranked, where they are, and the way out of it. */
export function RankingNotice({
  run,
  state: { find, like },
  hrefOf,
}: {
  readonly run: RunAnswer;
  readonly state: GalleryState;
  readonly hrefOf: (changes: QueryChanges) => string;
}) {
  if (find === undefined && like === undefined) return null;
  return (
    <div class="ranking-notice">
      {find !== undefined ? (
        <p>
          Ranked by how well they fit <q dir="auto">{find}</q>
        </p>
      ) : (
        <LikeWhat runId={run.id} position={like as number} />
      )}
      <Link href={hrefOf({ find: undefined, like: undefined })}>Stop ranking</Link>
    </div>
  );
}

function LikeWhat({ runId, position }: { readonly runId: number; readonly position: number }) {
  const unit = useAnswer(
    (signal) =>
      answer(
        api.runs[":run"].units[":position"].$get(
          { param: { run: String(runId), position: String(position) } },
          { init: { signal } },
        ),
      ),
    [runId, position],
  ).value;
  return (
    <>
      <span class="like-what">{unit && <Thumbnail unit={unit} boxPx={48} />}</span>
      <p>
        Ranked by similarity to <bdi title={unit?.name}>{unit ? fileName(unit.name) : "this image"}</bdi>
      </p>
    </>
  );
}
