import { useEffect, useRef } from "preact/hooks";
import { trainingScore } from "../../src/validation/trainingScore.ts";
import { formatCount, formatWholePercent } from "../format.ts";
import { useKeys } from "../review/useKeys.ts";
import { type CodingImage, type CodingView, codedCount, maybeNextOpen } from "./codingState.ts";
import { SaveMessage } from "./SaveMessage.tsx";
import type { Coding } from "./useCoding.ts";

/** Behind the last image: what is done, what is left, and the way back. */
export function CodingDone({
  coding,
  view,
  onShow,
}: {
  readonly coding: Coding;
  readonly view: CodingView;
  readonly onShow: (image: CodingImage) => void;
}) {
  const { images } = coding;
  const left = images.length - codedCount(images);
  const open = maybeNextOpen(images, undefined);
  const last = images.at(-1);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const goOn = () => open !== undefined && onShow(open);
  const goBack = () => last !== undefined && onShow(last);
  useKeys((key) => {
    if (key === "arrowleft") goBack();
    else if (key === "enter" && open !== undefined) goOn();
    else return false;
    return true;
  });
  return (
    <div class="done">
      <SaveMessage coding={coding} />
      <h2 ref={heading} tabIndex={-1}>
        {headingOf(view, images.length, left)}
      </h2>
      {view.role === "adjudicator" && view.waiting > 0 && (
        <p>
          {formatCount(view.waiting)} {view.waiting === 1 ? "image" : "images"} may still get more codes.
          Where these disagree, the image comes here when you open this page again.
        </p>
      )}
      {view.score !== null && left === 0 && <TrainingResult view={view} images={images} />}
      {view.score === null && left === 0 && images.length > 0 && (
        <p>
          {coding.outbox.waiting.length === 0
            ? "Everything is saved. You can close this page, or look through your answers and change them."
            : "Leave this page open until everything is saved."}
        </p>
      )}
      <p class="actions">
        {open !== undefined && (
          <button type="button" class="primary" onClick={goOn}>
            Go on with {left === 1 ? "it" : "them"} <kbd>Enter</kbd>
          </button>
        )}
        {images.length > 0 && (
          <button type="button" onClick={goBack}>
            Look back <kbd>←</kbd>
          </button>
        )}
      </p>
    </div>
  );
}

function headingOf(view: CodingView, size: number, left: number): string {
  if (left > 0) return left === 1 ? "One image is left" : `${formatCount(left)} images are left`;
  if (view.role !== "adjudicator") return `Done: all ${formatCount(size)} images are coded`;
  if (size > 0) return `Done: all ${formatCount(size)} disagreements are decided`;
  return view.waiting > 0 ? "Nothing to decide yet" : "The coders agree on every image";
}

function TrainingResult({
  view: { sample },
  images,
}: {
  readonly view: CodingView;
  readonly images: readonly CodingImage[];
}) {
  const answers = images.flatMap(({ own, known }) =>
    own === null || known === null ? [] : [{ known, said: own.value ?? undefined }],
  );
  const mark = sample.passMark ?? 0;
  const { right, size, hasPassed } = trainingScore(answers, images.length, mark);
  // The last answer is still on its way.
  if (hasPassed === undefined) return null;
  return (
    <p class="training-result" role="status">
      <b>{hasPassed ? "Passed" : "Not passed"}:</b> {formatCount(right)} of {formatCount(size)} right,{" "}
      {formatWholePercent(right / size)}; {formatWholePercent(mark)} are needed.{" "}
      {!hasPassed && "Look back at what was wrong, and talk to the researcher before you go on."}
    </p>
  );
}
