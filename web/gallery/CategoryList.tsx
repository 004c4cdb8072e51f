import type { QueryChanges } from "../address.ts";
import { formatCount, formatPercent } from "../format.ts";
import { Link } from "../shell/Link.tsx";
import type { CategoryAnswer, RunAnswer } from "./galleryAnswers.ts";
import type { GalleryState } from "./galleryState.ts";

/** What there is to choose: all images, each category, and what failed. */
export interface CategoryChoiceProps {
  readonly run: RunAnswer;
  readonly state: GalleryState;
  readonly hrefOf: (changes: QueryChanges) => string;
}

/** Changes that show all classified units, whatever category. */
export const allCategories: QueryChanges = { category: undefined, phrase: undefined, state: undefined };

/** Changes that show one category. */
export function onlyCategory(category: number): QueryChanges {
  return { category, phrase: undefined, state: undefined };
}

/** Changes that show what failed. */
export const onlyFailures: QueryChanges = {
  category: undefined,
  phrase: undefined,
  state: "failed",
  sort: undefined,
  find: undefined,
  like: undefined,
};

/** The categories with their counts, shares and mean probabilities, beside the grid. */
export function CategoryList({ run, state, hrefOf }: CategoryChoiceProps) {
  const { classified, failed } = run.counts;
  const largest = Math.max(0, ...run.categories.map(({ share }) => share ?? 0));
  const current = (isCurrent: boolean) => (isCurrent ? { "aria-current": "true" as const } : {});
  return (
    <nav class="category-list" aria-label="Categories">
      <ul>
        <li>
          <Link
            href={hrefOf(allCategories)}
            {...current(state.category === undefined && state.state === undefined)}
          >
            <span class="category-name">All images</span>
            <span class="count">{formatCount(classified)}</span>
          </Link>
        </li>
        {run.categories.map((category, index) => (
          <li key={category.name}>
            <Link href={hrefOf(onlyCategory(index))} {...current(state.category === index)}>
              <CategoryNumbers category={category} largest={largest} />
            </Link>
          </li>
        ))}
        {failed > 0 && (
          <li>
            <Link href={hrefOf(onlyFailures)} {...current(state.state === "failed")}>
              <span class="category-name">Failures</span>
              <span class="count">{formatCount(failed)}</span>
            </Link>
          </li>
        )}
      </ul>
    </nav>
  );
}

function CategoryNumbers({
  category: { name, count, share = 0, meanProbability, residual },
  largest,
}: {
  readonly category: CategoryAnswer;
  /** The largest category's share: its bar is as long as there is room. */
  readonly largest: number;
}) {
  return (
    <>
      <span class="category-name" dir="auto">
        {name}
      </span>
      <span class="count">{formatCount(count)}</span>
      <span
        class={residual ? "share-bar residual" : "share-bar"}
        style={{ "--share": `${largest === 0 ? 0 : (share / largest) * 100}%` }}
      />
      <span class="numbers">
        {formatPercent(share)}
        {meanProbability !== undefined && ` · mean probability ${formatPercent(meanProbability)}`}
      </span>
    </>
  );
}
