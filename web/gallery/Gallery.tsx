import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";
import { hrefOf as addressOf, changeQuery, type QueryChanges } from "../address.ts";
import { formatCount } from "../format.ts";
import { Failure } from "../shell/Failure.tsx";
import { Link } from "../shell/Link.tsx";
import { onlyFailures } from "./CategoryList.tsx";
import { GalleryHeading } from "./GalleryHeading.tsx";
import { GalleryTools } from "./GalleryTools.tsx";
import type { RunAnswer } from "./galleryAnswers.ts";
import { type GalleryState, listingQuery, withoutFilters } from "./galleryState.ts";
import { type FocusRequest, ImageGrid } from "./ImageGrid.tsx";
import { LargeView } from "./LargeView.tsx";
import { RankingNotice } from "./RankingNotice.tsx";
import { useUnitPages } from "./useUnitPages.ts";

/** The grid of a choice, with its tools; and one image of it large. */
export function Gallery({
  run,
  state,
  hrefOf,
}: {
  readonly run: RunAnswer;
  readonly state: GalleryState;
  readonly hrefOf: (changes: QueryChanges) => string;
}) {
  const { pages, isWaiting } = useUnitPages(run.id, listingQuery(state));
  const [place, setPlace] = useState<{ readonly pages: typeof pages; readonly index: number }>();
  const [focus, setFocus] = useState<FocusRequest>();
  const tools = useRef<HTMLDivElement>(null);
  // Another listing begins at its beginning.
  const active = place?.pages === pages ? (place?.index ?? 0) : 0;
  const setActive = useCallback((index: number) => setPlace({ pages, index }), [pages]);
  const coveredPx = useCallback(() => {
    const element = tools.current;
    const isSticky = element !== null && getComputedStyle(element).position === "sticky";
    return isSticky ? element.offsetHeight : 0;
  }, []);
  const wasOpenedHere = useRef(false);
  const open = (index: number) => {
    const card = pages?.maybeCard(index);
    if (card === undefined) return;
    setActive(index);
    wasOpenedHere.current = true;
    changeQuery({ open: card.position });
  };
  // Once the large view has gone, and not before: while it is there nothing behind it takes the focus.
  const isOpen = state.open !== undefined;
  const wasOpen = useRef(isOpen);
  useLayoutEffect(() => {
    if (wasOpen.current && !isOpen) setFocus({ index: active });
    wasOpen.current = isOpen;
  }, [isOpen]);
  const close = () => {
    // The browser's way back leads to where the user was before.
    if (wasOpenedHere.current) history.back();
    else changeQuery({ open: undefined }, { replace: true });
    wasOpenedHere.current = false;
  };
  const reviewHref = addressOf("/review", { category: state.category, ...currentRun(hrefOf) });
  return (
    <section class="gallery-main" aria-label="Images" aria-busy={isWaiting}>
      <GalleryHeading
        run={run}
        state={state}
        total={pages?.total}
        reviewHref={reviewHref}
        clearHref={hrefOf(withoutFilters)}
      />
      <div class="tools-holder" ref={tools}>
        <GalleryTools run={run} state={state} hrefOf={hrefOf} />
      </div>
      <RankingNotice run={run} state={state} hrefOf={hrefOf} />
      {pages?.error !== undefined && (
        <>
          <Failure error={pages.error} />
          <button type="button" onClick={() => pages.retry()}>
            Try again
          </button>
        </>
      )}
      {pages?.total === 0 && <NoMatch run={run} state={state} failuresHref={hrefOf(onlyFailures)} />}
      {pages?.total !== undefined && pages.total > 0 && (
        <ImageGrid
          pages={pages}
          label="Images, the arrow keys go from one to the next"
          withCategory={state.category === undefined}
          active={active}
          focus={focus}
          coveredPx={coveredPx}
          hrefOf={(position) => hrefOf({ open: position })}
          onActive={setActive}
          onOpen={open}
        />
      )}
      {state.open !== undefined && (
        <LargeView
          run={run}
          position={state.open}
          pages={pages}
          active={active}
          onActive={setActive}
          hrefOf={hrefOf}
          onClose={close}
        />
      )}
    </section>
  );
}

/** Why the grid is empty. */
function NoMatch({
  run: { counts },
  state,
  failuresHref,
}: {
  readonly run: RunAnswer;
  readonly state: GalleryState;
  readonly failuresHref: string;
}) {
  if (counts.classified > 0 || counts.failed === 0 || state.state === "failed")
    return <p class="no-match">No image is like this.</p>;
  return (
    <p class="no-match">
      No image could be classified: see{" "}
      <Link href={failuresHref}>
        {counts.failed === 1 ? "the failure" : `the ${formatCount(counts.failed)} failures`}
      </Link>
      .
    </p>
  );
}

/** The run that the address names, if it names one. */
function currentRun(hrefOf: (changes: QueryChanges) => string): QueryChanges {
  const run = new URL(hrefOf({}), location.href).searchParams.get("run");
  return run === null ? {} : { run };
}
