import { formatCount, formatPercent } from "../format.ts";
import { Link } from "../shell/Link.tsx";
import type { RunAnswer } from "./galleryAnswers.ts";
import { activeFilters, type GalleryState } from "./galleryState.ts";
import { imageCount } from "./imageCount.ts";

/** What the grid shows, and how much of it there is. */
export function GalleryHeading({
  run,
  state,
  total,
  reviewHref,
  clearHref,
}: {
  readonly run: RunAnswer;
  readonly state: GalleryState;
  /** Units in the listing; undefined until that is known. */
  readonly total: number | undefined;
  readonly reviewHref: string;
  /** Without filters. */
  readonly clearHref: string;
}) {
  const category = state.category === undefined ? undefined : run.categories[state.category];
  const whole = category?.count ?? (state.state === "failed" ? run.counts.failed : run.counts.classified);
  const isFiltered = activeFilters(state) > 0 && total !== undefined;
  const numbers = [
    isFiltered ? `${formatCount(total)} of ${imageCount(whole)}` : imageCount(whole),
    category?.share !== undefined && formatPercent(category.share),
    category?.meanProbability !== undefined && `mean probability ${formatPercent(category.meanProbability)}`,
    category?.residual && "residual category",
  ].filter((part) => part !== false && part !== undefined);
  return (
    <header class="gallery-heading">
      <h2 dir="auto">{category?.name ?? (state.state === "failed" ? "Failures" : "All images")}</h2>
      {state.state !== "failed" && whole > 0 && (
        <Link class="review-these" href={reviewHref}>
          Review these
        </Link>
      )}
      <p class="soft">
        <span aria-live="polite">{numbers.join(" · ")}</span>
        {activeFilters(state) > 0 && (
          <>
            {" · "}
            <Link href={clearHref}>Clear filters</Link>
          </>
        )}
      </p>
      {category?.description !== undefined && (
        <p class="description" dir="auto">
          {category.description}
        </p>
      )}
      {state.state === "failed" && (
        <ul class="failure-codes">
          {run.failures.map(({ code, count }) => (
            <li key={code}>
              {formatCount(count)} × {code.replaceAll("_", " ")}
            </li>
          ))}
        </ul>
      )}
    </header>
  );
}
