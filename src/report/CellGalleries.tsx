import { cellAnchor, cellsWithImages } from "../figures/evaluation/cellsWithImages.ts";
import { shortenText } from "../figures/shortenText.ts";
import type { EvaluatedImage, Evaluation } from "../validation/evaluation.ts";
import { formatCount, formatPercent } from "./formatNumbers.ts";
import { LongText } from "./LongText.tsx";

/** The images behind every cell of the confusion matrix, folded; errors first. */
export function CellGalleries({ evaluation }: { readonly evaluation: Evaluation }) {
  const { categories } = evaluation;
  const name = (index: number) => <bdi>{shortenText(categories[index] ?? "", 80)}</bdi>;
  return (
    <div class="cell-galleries">
      <h3>The images behind the numbers</h3>
      {cellsWithImages(evaluation).map(({ truth, predicted, images }) => (
        <details class="more">
          <summary>
            {formatCount(images.length)} {truth === predicted ? "right: " : "truly "}
            {name(truth)}
            {truth !== predicted && <>, predicted as {name(predicted)}</>}
          </summary>
          {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role where list-style is none */}
          <ul class="cell-images" role="list" id={cellAnchor({ truth, predicted })}>
            {images.map((image) => (
              <CellImage image={image} />
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}

const insteadOfPicture = {
  gone: "no picture",
  away: "not on this machine",
  size: "left out for size",
} as const satisfies Record<NonNullable<EvaluatedImage["withoutThumbnail"]>, string>;

function CellImage({
  image: { name, thumbnail, withoutThumbnail, probability },
}: {
  readonly image: EvaluatedImage;
}) {
  return (
    <li>
      {thumbnail === undefined ? (
        <div class="no-picture">{insteadOfPicture[withoutThumbnail ?? "gone"]}</div>
      ) : (
        <img src={thumbnail} alt="" />
      )}
      {formatPercent(probability)} · <LongText text={name} limit={40} keepEnd />
    </li>
  );
}
