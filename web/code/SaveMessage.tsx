import { useEffect, useRef } from "preact/hooks";
import { ApiError } from "../api.ts";
import { formatCount } from "../format.ts";
import { answerText, type Said } from "./codingState.ts";
import type { Coding } from "./useCoding.ts";

/** What has to be known about answers that are not saved; it lies over the picture's edge. */
export function SaveMessage({ coding: { outbox, actions } }: { readonly coding: Coding }) {
  const { clash, failure, waiting, isRefused, isKept } = outbox;
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (clash !== undefined) keep.current?.focus();
  }, [clash]);
  if (clash !== undefined) {
    const { judgement, present } = clash;
    return (
      <div class="stage-message" role="alert">
        <p>
          <b>You have coded this image elsewhere meanwhile.</b> Which answer is to stand?
        </p>
        <dl class="clash">
          <dt>There</dt>
          <dd>
            <SaidText said={present} />
          </dd>
          <dt>Here</dt>
          <dd>
            <SaidText said={judgement} />
          </dd>
        </dl>
        <p class="actions">
          <button ref={keep} type="button" onClick={() => actions.settle("present")}>
            Keep “<bdi>{answerText(present)}</bdi>” <kbd>K</kbd>
          </button>
          <button type="button" onClick={() => actions.settle("mine")}>
            Replace by “<bdi>{answerText(judgement)}</bdi>” <kbd>R</kbd>
          </button>
        </p>
      </div>
    );
  }
  if (failure === undefined || waiting.length === 0) return null;
  const hint = failure instanceof ApiError ? failure.body.hint : undefined;
  const isOne = waiting.length === 1;
  // The link is unknown where another study is served at the same address: the answer's own one may be served again.
  const isElsewhere = failure instanceof ApiError && failure.status === 404;
  const kept = isKept
    ? `This browser keeps ${isOne ? "it" : "them"}`
    : `Leave this page open: nothing else keeps ${isOne ? "it" : "them"}`;
  return (
    <div class="stage-message" role="alert">
      <p>
        <b>{isOne ? "An answer is" : `${formatCount(waiting.length)} answers are`} not saved yet:</b>{" "}
        <span dir="auto">{failure.message}</span>.{" "}
        {isElsewhere
          ? `The server shows another study now, or your link was removed: tell the researcher. ${kept}, and “Try now” sends ${isOne ? "it" : "them"} when the right study is served again.`
          : isRefused
            ? hint
            : isKept
              ? `This browser keeps ${isOne ? "it" : "them"}, and sends ${isOne ? "it" : "them"} when the server is back. You can go on.`
              : "This browser keeps nothing, as it was told: leave this page open until the server is back."}
      </p>
      <p class="actions">
        <button type="button" onClick={actions.retry}>
          Try now
        </button>
        {isRefused && !isElsewhere && (
          <button type="button" onClick={actions.discard}>
            Give up the answer
          </button>
        )}
      </p>
    </div>
  );
}

function SaidText({ said }: { readonly said: Said }) {
  return (
    <>
      <b dir="auto">{answerText(said)}</b>
      {said.note !== "" && (
        <>
          {", with the note “"}
          <bdi>{said.note}</bdi>”
        </>
      )}
    </>
  );
}
