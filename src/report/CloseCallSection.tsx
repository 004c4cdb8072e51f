import { CloseCallCard } from "./CloseCallCard.tsx";
import { categoryAnchors } from "./categoryAnchor.ts";
import type { Overview, OverviewImage } from "./overview.ts";

/** Cards that are open from the start; the others wait behind one click. */
const OPEN = 12;

/** "Look here first": the images of the whole study with the smallest margins. */
export function CloseCallSection({ overview }: { readonly overview: Overview }) {
  const images = overview.lookHereFirst;
  const anchors = categoryAnchors(overview.categories);
  const more = images.length - OPEN;
  return (
    <section id="close-calls" aria-labelledby="close-calls-heading">
      <h2 id="close-calls-heading">Look here first</h2>
      {images.length === 0 ? (
        <p class="empty">
          There are no close calls to show: no image was classified with two categories to choose from.
        </p>
      ) : (
        <>
          <p class="lead">
            The closest calls of the whole run: the images whose two best categories were nearest to each
            other. Where a phrase is vague or two categories overlap, it shows here first.
          </p>
          <CloseCallList images={images.slice(0, OPEN)} anchors={anchors} />
          {more > 0 && (
            <details class="more">
              <summary>{more === 1 ? "One more close call" : `${more} more close calls`}</summary>
              <CloseCallList images={images.slice(OPEN)} anchors={anchors} />
            </details>
          )}
        </>
      )}
    </section>
  );
}

function CloseCallList(props: {
  readonly images: readonly OverviewImage[];
  readonly anchors: ReadonlyMap<string, string>;
}) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role where list-style is none
    <ul class="close-calls" role="list">
      {props.images.map((image) => (
        <CloseCallCard image={image} anchors={props.anchors} />
      ))}
    </ul>
  );
}
