import { useMemo, useState } from "preact/hooks";
import { formatDecimal } from "../format.ts";
import { useBoard } from "./boardContext.ts";
import type { BoardNumbers } from "./boardNumbers.ts";
import { type MappedPhrase, mappedPhrases } from "./mappedPhrases.ts";
import { onlyWhenChanged } from "./onlyWhenChanged.tsx";
import { PanelFrame } from "./PanelFrame.tsx";
import { phraseFieldId } from "./partIds.ts";
import { type MapCell, SimilarityMapView } from "./SimilarityMapView.tsx";
import { similarPairs } from "./similarPairs.ts";

/** Pairs that the list names. */
const listedPairs = 12;

/** How alike the draft's phrases are to the model: the most alike pairs of different categories, and a map of all. */
export const SimilarityPanel = onlyWhenChanged(function SimilarityPanel({
  numbers,
}: {
  readonly numbers: BoardNumbers | undefined;
}) {
  const similarities = numbers?.report.scores?.similarities;
  const phrases = useMemo(() => (numbers === undefined ? [] : mappedPhrases(numbers.asked)), [numbers]);
  const pairs = useMemo(
    () =>
      similarities === undefined
        ? []
        : similarPairs(
            similarities,
            phrases.map(({ category }) => category),
            listedPairs,
          ),
    [similarities, phrases],
  );
  const [chosen, setChosen] = useState<MapCell>();
  const [hovered, setHovered] = useState<MapCell>();
  const first = pairs[0];
  const wanted = hovered ?? chosen ?? { row: first?.second ?? 0, column: first?.first ?? 0 };
  const last = phrases.length - 1;
  const cell = { row: Math.min(wanted.row, last), column: Math.min(wanted.column, last) };
  const row = phrases[cell.row];
  const column = phrases[cell.column];
  return (
    <PanelFrame panel="similarity" heading="Similar phrases">
      <p class="soft">
        Where two phrases of different categories are much alike to the model, chance decides between them.
      </p>
      {similarities === undefined || row === undefined || column === undefined ? (
        <p>
          {numbers?.report.scores === undefined
            ? "There are no numbers for the draft as it is now."
            : "The map is for codebooks of up to 200 phrases."}
        </p>
      ) : (
        <>
          <div class="map-readout" id="map-readout" role="status">
            <p class="map-value">
              {cell.row === cell.column
                ? "the same phrase"
                : formatDecimal(similarities[cell.row * phrases.length + cell.column] ?? 0)}
            </p>
            <PhraseJump phrase={row} />
            <PhraseJump phrase={column} />
          </div>
          <SimilarityMapView
            phrases={phrases}
            similarities={similarities}
            cell={cell}
            onHover={(at) =>
              // The same cell again is nothing new.
              setHovered((before) => (before?.row === at?.row && before?.column === at?.column ? before : at))
            }
            onChoose={setChosen}
          />
          <h3>Most alike across categories</h3>
          <ol class="pairs">
            {pairs.map(({ first: a, second: b, cosine }) => (
              <li key={`${a} ${b}`}>
                <button
                  type="button"
                  class="pair"
                  aria-pressed={cell.row === b && cell.column === a}
                  onClick={() => setChosen({ row: b, column: a })}
                >
                  <span class="pair-value">{formatDecimal(cosine)}</span>
                  <PairedPhrase phrase={phrases[a]} />
                  <PairedPhrase phrase={phrases[b]} />
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </PanelFrame>
  );
});

function PairedPhrase({ phrase }: { readonly phrase: MappedPhrase | undefined }) {
  return (
    <span class="paired">
      <span dir="auto">{phrase?.text}</span>{" "}
      <span class="soft small" dir="auto">
        {phrase?.categoryName}
      </span>
    </span>
  );
}

function PhraseJump({ phrase: { key, text, categoryName } }: { readonly phrase: MappedPhrase }) {
  const board = useBoard();
  return (
    <p class="map-phrase">
      <button
        type="button"
        class="plain"
        dir="auto"
        title="Show it on the board"
        onClick={() => {
          const category = board
            .draft()
            .categories.find(({ phrases }) => phrases.some((phrase) => phrase.key === key));
          if (category === undefined) return;
          board.unfold(category.key);
          board.focusLater(phraseFieldId(key));
        }}
      >
        {text}
      </button>{" "}
      <span class="soft small" dir="auto">
        {categoryName}
      </span>
    </p>
  );
}
