import { categoryAnchor } from "./categoryAnchor.ts";
import { formatCount, formatPercent } from "./formatNumbers.ts";
import { ImageCard } from "./ImageCard.tsx";
import type { Overview, OverviewCategory } from "./overview.ts";
import { PhraseWins } from "./PhraseWins.tsx";
import { samplingSentence } from "./samplingSentence.ts";
import { unitWord } from "./unitWord.ts";

/** One category: its share, its phrases with their wins, and its sampled images. */
export function CategorySection({
  overview,
  index,
}: {
  readonly overview: Overview;
  readonly index: number;
}) {
  const category = overview.categories[index];
  if (category === undefined) throw new RangeError(`there is no category ${index}`);
  const id = categoryAnchor(index);
  const { name, description, count, share, samples } = category;
  return (
    <section
      class="category"
      id={id}
      aria-labelledby={`${id}-heading`}
      style={`--share:${shareWidth(share)}`}
    >
      <h3 id={`${id}-heading`} dir="auto">
        {name}
      </h3>
      <p class="numbers">
        <Numbers overview={overview} category={category} />
      </p>
      {description !== undefined && (
        <p class="description" dir="auto">
          {description}
        </p>
      )}
      <h4>
        {overview.scoring === "max"
          ? "Phrases, and how often each won"
          : "Phrases, and how often each was closest"}
      </h4>
      <PhraseWins category={category} />
      <h4>{count === 0 ? "Images" : samplingSentence(overview, category)}</h4>
      {count === 0 && (
        <p class="empty">
          {overview.counts.classified === 0
            ? "Nothing could be classified."
            : "No image was sorted here: there is none, or the phrases of other categories fit better."}
        </p>
      )}
      {samples.length > 0 && (
        // biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role where list-style is none
        <ul class="gallery" role="list">
          {samples.map((image) => (
            <ImageCard image={image} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Numbers({
  overview,
  category,
}: {
  readonly overview: Overview;
  readonly category: OverviewCategory;
}) {
  const { count, share, meanProbability, residual } = category;
  return (
    <>
      <b>{formatCount(count)}</b> {unitWord(overview.counts, count)}
      {share !== undefined && (
        <>
          {" · "}
          <b>{formatPercent(share)}</b>
        </>
      )}
      {meanProbability !== undefined && ` · mean probability ${formatPercent(meanProbability)}`}
      {residual && " · residual category"}
    </>
  );
}

function shareWidth(share: number | undefined): string {
  return `${Math.round((share ?? 0) * 1000) / 10}%`;
}
