import { useEffect } from "preact/hooks";
import { changeQuery, useAddress } from "../address.ts";
import { ApiError, answer, api } from "../api.ts";
import { formatCount, formatPercent } from "../format.ts";
import { fileName } from "../gallery/fileName.ts";
import { Failure } from "../shell/Failure.tsx";
import { Link } from "../shell/Link.tsx";
import { useAnswer } from "../useAnswer.ts";
import type { DraftReport, MovesAnswer } from "./codebookAnswers.ts";
import { MoveLink } from "./MoveLink.tsx";
import { PageSteps } from "./PageSteps.tsx";
import { PanelFrame } from "./PanelFrame.tsx";
import { panelHref } from "./panels.ts";
import { StudyThumbnail } from "./StudyThumbnail.tsx";

/** Images on one page of the list. */
const perPage = 24;

type MovedItem = MovesAnswer["items"][number];

/** Exactly the images that the draft moves, each before and after. */
export function MovesPanel({
  report,
  askAgain,
}: {
  readonly report: DraftReport | undefined;
  readonly askAgain: () => void;
}) {
  const { query } = useAddress();
  const from = query.get("from") ?? undefined;
  const to = query.get("to") ?? undefined;
  const page = Math.max(1, Number(query.get("page") ?? 1) || 1);
  const draftId = report?.scores === undefined ? undefined : report.draftId;
  const moves = useAnswer(
    async (signal) => {
      if (draftId === undefined) return undefined;
      return answer(
        api.drafts[":draftId"].moves.$get(
          {
            param: { draftId },
            query: {
              ...(from !== undefined && { from }),
              ...(to !== undefined && { to }),
              offset: (page - 1) * perPage,
              limit: perPage,
            },
          },
          { init: { signal } },
        ),
      );
    },
    [draftId, from, to, page],
  );
  const isForgotten =
    moves.state === "failed" && moves.error instanceof ApiError && moves.error.status === 404;
  useEffect(() => {
    // The server keeps the newest drafts only; asking again brings this one back, under the same name.
    if (isForgotten) askAgain();
  }, [isForgotten]);
  const scores = report?.scores;
  return (
    <PanelFrame panel="moves" heading="Moved images">
      {scores === undefined ? (
        <p class="soft">There are no counts for the draft as it is now.</p>
      ) : (
        <>
          {scores.moved > 0 && (
            <ul class="move-list">
              <li>
                <Link
                  class="move"
                  href={panelHref(query, "moves")}
                  {...(from === undefined && to === undefined && { "aria-current": "true" as const })}
                >
                  <span class="move-count">{formatCount(scores.moved)}</span> all
                </Link>
              </li>
              {scores.moves.map((move) => (
                <li key={`${move.from} ${move.to}`}>
                  <MoveLink move={move} />
                </li>
              ))}
            </ul>
          )}
          {moves.state === "failed" && !isForgotten && <Failure error={moves.error} />}
          {moves.value !== undefined && <MovedImages moves={moves.value} page={page} from={from} to={to} />}
        </>
      )}
    </PanelFrame>
  );
}

function MovedImages({
  moves: { total, items },
  page,
  from,
  to,
}: {
  readonly moves: MovesAnswer;
  readonly page: number;
  readonly from: string | undefined;
  readonly to: string | undefined;
}) {
  const { query } = useAddress();
  const isBeyond = total > 0 && items.length === 0;
  useEffect(() => {
    // An edit has made the list shorter than the page that was open.
    if (isBeyond) changeQuery({ page: undefined }, { replace: true });
  }, [isBeyond]);
  if (total === 0) {
    return (
      <p class="soft">
        {from === undefined
          ? "No image moves."
          : `No image moves from ${from} to ${to ?? "elsewhere"} any more.`}
      </p>
    );
  }
  return (
    <>
      <ol class="moved-images" start={(page - 1) * perPage + 1}>
        {items.map((item) => (
          <MovedImage key={item.position} item={item} />
        ))}
      </ol>
      <PageSteps
        page={page}
        pages={Math.ceil(total / perPage)}
        hrefOfPage={(next) => panelHref(query, "moves", { from, to, page: next === 1 ? undefined : next })}
      />
    </>
  );
}

function MovedImage({ item: { imageId, unitId, name, before, after } }: { readonly item: MovedItem }) {
  return (
    <li class="moved-image">
      <StudyThumbnail imageId={imageId} unitId={unitId} name={name} />
      <div>
        <p class="moved-name" dir="auto" title={name}>
          {fileName(name)}
        </p>
        <div class="before-after">
          <MoveSide when="Before" side={before} />
          <MoveSide when="After" side={after} />
        </div>
      </div>
    </li>
  );
}

function MoveSide({ when, side }: { readonly when: string; readonly side: MovedItem["before"] }) {
  return (
    <div class="move-side">
      <p class="soft small">{when}</p>
      <p>
        <strong dir="auto">{side.category}</strong> {formatPercent(side.probability)}
      </p>
      <p class="small" dir="auto">
        {side.phrase}
      </p>
    </div>
  );
}
