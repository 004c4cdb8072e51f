import { useEffect, useRef } from "preact/hooks";
import { answerText, type CodingView, type OwnCoding } from "./codingState.ts";
import { oncePerPress } from "./oncePerPress.ts";

/** In a training round: whether the answer was right, and what coders are told of the right category. */
export function TrainingFeedback({
  view: { categories },
  known,
  own,
  onNext,
}: {
  readonly view: CodingView;
  readonly known: string;
  readonly own: OwnCoding;
  readonly onNext: () => void;
}) {
  const isRight = own.answer === "category" && own.value === known;
  const category = categories.find(({ name }) => name === known);
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), [known, own.id]);
  return (
    <div class="feedback" data-right={isRight}>
      <div role="status">
        <h2>{isRight ? "Right" : "Wrong"}</h2>
        <p>
          {isRight ? "It is " : "You said "}
          <b dir="auto">{answerText(own)}</b>
          {!isRight && (
            <>
              ; it is <b dir="auto">{known}</b>
            </>
          )}
          .
        </p>
      </div>
      {category?.description != null && <p dir="auto">{category.description}</p>}
      {category?.instructions != null && <p dir="auto">{category.instructions}</p>}
      <p>
        <button ref={next} type="button" class="primary" {...oncePerPress(onNext)}>
          Next image <kbd>Enter</kbd>
        </button>
      </p>
    </div>
  );
}
