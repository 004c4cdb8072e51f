import { useEffect, useRef, useState } from "preact/hooks";
import type { EvaluatedImage, Evaluation } from "../../src/validation/evaluation.ts";
import { hrefOf } from "../address.ts";
import { formatCount, formatPercent } from "../format.ts";
import { largeImageUrl, thumbnailUrl } from "../shell/imageUrl.ts";

/** Images that are shown at first; the others on request. */
const shownAtFirst = 48;

/** The images behind one cell of the matrix. Escape closes it. */
export function CellPanel(props: {
  readonly evaluation: Evaluation;
  readonly truth: number;
  readonly predicted: number;
  readonly close: () => void;
}) {
  const { evaluation, truth, predicted, close } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const [shown, setShown] = useState(shownAtFirst);
  useEffect(() => heading.current?.focus(), []);
  const images = evaluation.images
    .filter((image) => image.trueCategory === truth && image.predicted === predicted)
    .toSorted((a, b) => b.probability - a.probability || a.place - b.place);
  return (
    <section
      class="cell-panel"
      aria-labelledby="cell-panel-heading"
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <h3 id="cell-panel-heading" tabIndex={-1} ref={heading}>
        {formatCount(images.length)} {truth === predicted ? "right" : "truly"}:{" "}
        <bdi>{evaluation.categories[truth]}</bdi>
        {truth !== predicted && (
          <>
            , predicted as <bdi>{evaluation.categories[predicted]}</bdi>
          </>
        )}
      </h3>
      <button type="button" onClick={close}>
        Close
      </button>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role where list-style is none */}
      <ul class="cell-images" role="list">
        {images.slice(0, shown).map((image) => (
          <CellImage key={image.place} image={image} />
        ))}
      </ul>
      {images.length > shown && (
        <button type="button" onClick={() => setShown(shown + shownAtFirst)}>
          Show more of {formatCount(images.length)}
        </button>
      )}
    </section>
  );
}

function CellImage({ image }: { readonly image: EvaluatedImage }) {
  const [isMissing, setMissing] = useState(false);
  return (
    <li>
      {isMissing ? (
        <div class="no-picture">no picture on this machine</div>
      ) : (
        <a
          href={hrefOf(largeImageUrl(image))}
          target="_blank"
          rel="noreferrer"
          aria-label={`${image.name}, large`}
        >
          <img src={thumbnailUrl(image, 192)} alt="" loading="lazy" onError={() => setMissing(true)} />
        </a>
      )}
      {formatPercent(image.probability)} · <bdi>{image.name}</bdi>
    </li>
  );
}
