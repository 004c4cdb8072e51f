import { formatDecimal, formatPercent } from "../format.ts";
import { fileName } from "./fileName.ts";
import type { UnitCard } from "./galleryAnswers.ts";
import { Thumbnail } from "./Thumbnail.tsx";
import { VerdictSign } from "./VerdictSign.tsx";

/** One place of the grid: a unit, or room for one that is still to come. */
export function GridCell({
  card,
  column,
  leftPx,
  boxPx,
  href,
  isActive,
  withCategory,
  onFocus,
  onOpen,
}: {
  readonly card: UnitCard | undefined;
  /** From 0. */
  readonly column: number;
  readonly leftPx: number;
  readonly boxPx: number;
  /** Shows it large. */
  readonly href: string;
  /** Whether the tabulator comes here. */
  readonly isActive: boolean;
  /** Whether units of several categories stand beside each other. */
  readonly withCategory: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}) {
  return (
    <td class="cell" aria-colindex={column + 1} style={{ left: `${leftPx}px`, width: `${boxPx}px` }}>
      <a
        href={href}
        tabIndex={isActive ? 0 : -1}
        onFocus={onFocus}
        onClick={(event) => {
          // With a modifier the browser opens a new tab or window, as the user wants.
          if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          onOpen();
        }}
      >
        <span class="mat" style={{ height: `${boxPx}px` }}>
          {card && <Thumbnail unit={card} boxPx={boxPx} />}
          {card?.verdict && <VerdictSign verdict={card.verdict} />}
        </span>
        {card ? (
          <Caption card={card} withCategory={withCategory} />
        ) : (
          <span class="unseen">waiting for this image</span>
        )}
      </a>
    </td>
  );
}

function Caption({ card, withCategory }: { readonly card: UnitCard; readonly withCategory: boolean }) {
  const { name, category, probability, cosine } = card;
  return (
    <>
      <span class="caption">
        {withCategory && category !== undefined && (
          <bdi class="category-name" title={category}>
            {category}
          </bdi>
        )}
        <span class="value">
          {cosine !== undefined
            ? `cosine ${formatDecimal(cosine)}`
            : probability !== undefined && formatPercent(probability)}
        </span>
      </span>
      <span class="name" dir="auto" title={name}>
        {fileName(name)}
      </span>
    </>
  );
}
