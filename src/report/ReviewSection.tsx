import { reviewSentence } from "../review/reviewSentence.ts";
import type { CategoryReview } from "../review/reviewSummary.ts";
import { formatCount, formatWholePercent } from "./formatNumbers.ts";
import type { OverviewReview } from "./overview.ts";

/** What people said who looked at the predictions: in a sentence, and by category. */
export function ReviewSection({ review }: { readonly review: OverviewReview }) {
  const { summary, reviewers } = review;
  const { judgedByMany, differing } = summary;
  const hasSample = summary.right + summary.wrong + summary.unsure + summary.skipped > 0;
  return (
    <section id="review" aria-labelledby="review-heading">
      <h2 id="review-heading">Review</h2>
      {hasSample && (
        <>
          <p>{reviewSentence(summary, { count: formatCount, percent: formatWholePercent })}</p>
          <ReviewTable categories={summary.categories} />
        </>
      )}
      <p class="lead">
        <NotDrawn {...review} hasSample={hasSample} />
        {reviewers === 1
          ? "One person reviewed this run."
          : `${formatCount(reviewers)} people reviewed this run.`}
        {judgedByMany > 0 &&
          ` ${formatCount(judgedByMany)} of the images were judged by more than one, who differ on ${formatCount(differing)}.`}
      </p>
    </section>
  );
}

function NotDrawn({
  notDrawn: { right, wrong, unsure },
  hasSample,
}: Pick<OverviewReview, "notDrawn"> & { readonly hasSample: boolean }) {
  const judged = right + wrong + unsure;
  if (judged === 0) return null;
  const counts = [
    `${formatCount(right)} right`,
    `${formatCount(wrong)} wrong`,
    ...(unsure > 0 ? [`${formatCount(unsure)} unsure`] : []),
  ];
  const what = `${formatCount(judged)} ${judged === 1 ? "image was" : "images were"} judged ${hasSample ? "besides these, " : ""}not drawn at random but as the most uncertain first: ${counts.join(", ")}. `;
  return <>{`${what}They are harder than the others, and tell nothing about how many of all are right. `}</>;
}

function ReviewTable({ categories }: { readonly categories: readonly CategoryReview[] }) {
  const names = categories.map(({ name }) => name);
  return (
    <table class="review-table">
      <thead>
        <tr>
          <th scope="col">Category</th>
          <th scope="col">Right</th>
          <th scope="col">Unsure</th>
          <th scope="col">Share right, 95% interval</th>
        </tr>
      </thead>
      <tbody>
        {categories.map((category) => (
          <tr>
            <th scope="row">
              <bdi>{category.name}</bdi>
              <Corrections corrections={category.corrections} names={names} />
            </th>
            <td>
              {category.share === undefined
                ? "–"
                : `${formatCount(category.right)} of ${formatCount(category.right + category.wrong)}`}
            </td>
            <td>{formatCount(category.unsure)}</td>
            <td>{shareText(category)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Corrections({
  corrections,
  names,
}: Pick<CategoryReview, "corrections"> & { readonly names: readonly string[] }) {
  if (corrections.length === 0) return null;
  return (
    <small>
      wrong ones belong to{" "}
      {corrections.map(({ category, count }, index) => (
        <>
          {index > 0 && ", "}
          <bdi>{names[category]}</bdi> ({formatCount(count)})
        </>
      ))}
    </small>
  );
}

function shareText({ share, interval, isWhole }: CategoryReview): string {
  if (share === undefined) return "–";
  if (isWhole) return `${formatWholePercent(share)}, all judged`;
  if (interval === undefined) return formatWholePercent(share);
  return `${formatWholePercent(share)}, ${formatWholePercent(interval.low)} to ${formatWholePercent(interval.high)}`;
}
