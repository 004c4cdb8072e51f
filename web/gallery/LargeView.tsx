import "./large.css";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { changeQuery, type QueryChanges } from "../address.ts";
import { answer, api } from "../api.ts";
import { formatCount, formatPercent } from "../format.ts";
import { Failure } from "../shell/Failure.tsx";
import { largeImageUrl } from "../shell/imageUrl.ts";
import { useAnswer } from "../useAnswer.ts";
import { fileName } from "./fileName.ts";
import type { RunAnswer, UnitAnswer } from "./galleryAnswers.ts";
import { LargePicture } from "./LargePicture.tsx";
import { UnitDetails } from "./UnitDetails.tsx";
import type { UnitPages } from "./unitPages.ts";

/** Units on both sides that are fetched before they are asked for. */
const ahead = 3;

/** One unit large, over everything else: the arrow keys walk on in the listing, Escape closes. */
export function LargeView({
  run,
  position,
  pages,
  active,
  onActive,
  hrefOf,
  onClose,
}: {
  readonly run: RunAnswer;
  readonly position: number;
  /** The listing that is walked through; undefined until it is known. */
  readonly pages: UnitPages | undefined;
  /** Index in the listing that the gallery is at. */
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly hrefOf: (changes: QueryChanges) => string;
  readonly onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = useAnswer(
    (signal) =>
      answer(
        api.runs[":run"].units[":position"].$get(
          { param: { run: String(run.id), position: String(position) } },
          { init: { signal } },
        ),
      ),
    [run.id, position],
  );
  const unit = asked.value;
  const index = pages?.maybeCard(active)?.position === position ? active : undefined;
  useEffect(() => {
    if (pages === undefined || index !== undefined) return;
    // The address came from elsewhere: where in the listing is it?
    let isWanted = true;
    pages.placeOf(position).then(
      (place) => {
        if (!isWanted || place === undefined) return;
        onActive(place);
        pages.want("large", { first: place - ahead, last: place + ahead });
      },
      // Walking on is not possible then; the unit itself is shown all the same.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [pages, position, index === undefined]);
  useEffect(() => {
    if (pages === undefined || index === undefined) return;
    pages.want("large", { first: index - ahead, last: index + ahead });
  }, [pages, index]);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  const walk = (step: number) => {
    if (index === undefined) return;
    const next = pages?.maybeCard(index + step);
    if (next === undefined) return;
    onActive(index + step);
    changeQuery({ open: next.position }, { replace: true });
  };
  useArrowKeys(walk);
  usePreloaded(index === undefined ? [] : [pages?.maybeCard(index + 1), pages?.maybeCard(index - 1)], unit);
  const total = pages?.total ?? 0;
  return (
    <dialog
      ref={dialog}
      class="large-view"
      aria-labelledby="large-view-name"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header class="large-header">
        <h2 id="large-view-name" tabIndex={-1} autofocus dir="auto">
          {unit ? fileName(unit.name) : "…"}
        </h2>
        <p class="unseen" aria-live="polite">
          {unit && spoken(unit)}
        </p>
        <div class="large-buttons">
          {index !== undefined && (
            <span class="soft">{`${formatCount(index + 1)} of ${formatCount(total)}`}</span>
          )}
          <button type="button" aria-disabled={!(index !== undefined && index > 0)} onClick={() => walk(-1)}>
            <span aria-hidden="true">←</span>
            <span class="unseen">Previous image</span>
          </button>
          <button
            type="button"
            aria-disabled={!(index !== undefined && index < total - 1)}
            onClick={() => walk(1)}
          >
            <span aria-hidden="true">→</span>
            <span class="unseen">Next image</span>
          </button>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </header>
      {asked.state === "failed" && <Failure error={asked.error} />}
      {unit && asked.state !== "failed" && (
        <div class="large-body">
          <LargePicture unit={unit} />
          <UnitDetails unit={unit} run={run} hrefOf={hrefOf} />
        </div>
      )}
    </dialog>
  );
}

/** The arrow keys, wherever in the page the focus is: pressing on the picture takes it out of the dialog. */
function useArrowKeys(walk: (step: number) => void): void {
  const latest = useRef(walk);
  latest.current = walk;
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.key === "ArrowRight") latest.current(1);
      else if (event.key === "ArrowLeft") latest.current(-1);
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}

/** What a screen reader says when the next unit comes. */
function spoken({ name, category, probability, failure }: UnitAnswer): string {
  if (category === undefined || probability === undefined)
    return `${fileName(name)}: ${failure?.sentence ?? ""}`;
  return `${fileName(name)}: ${category}, ${formatPercent(probability)}`;
}

/** Fetches the neighbours' pictures once the present one's numbers are here. */
function usePreloaded(
  neighbours: readonly ({ readonly unitId: number; readonly imageId: number | undefined } | undefined)[],
  unit: UnitAnswer | undefined,
): void {
  const addresses = neighbours.flatMap((card) =>
    card?.imageId === undefined ? [] : [largeImageUrl({ imageId: card.imageId, unitId: card.unitId })],
  );
  useEffect(() => {
    const images = addresses.map((address) => {
      const image = new Image();
      image.src = address;
      return image;
    });
    return () => {
      for (const image of images) image.removeAttribute("src");
    };
  }, [addresses.join(), unit?.position]);
}
