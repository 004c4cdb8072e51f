import { formatCount } from "../format.ts";
import { type CodingView, codedCount } from "./codingState.ts";
import type { Coding } from "./useCoding.ts";

/** Who codes what, how far they are, and whether all of it is saved. */
export function CodeTop({
  coding: { images, outbox },
  view,
}: {
  readonly coding: Coding;
  readonly view: CodingView;
}) {
  const coded = codedCount(images);
  const { failure, clash, waiting } = outbox;
  const isHeld = failure !== undefined || clash !== undefined;
  const unsaved = isHeld ? waiting.length : 0;
  const what =
    view.role === "adjudicator"
      ? "Adjudication"
      : view.sample.purpose === "training"
        ? "Training round"
        : "Coding";
  return (
    <header class="code-top">
      <h1 id="coding-heading">
        {what}
        {view.title !== null && (
          <>
            {": "}
            <bdi>{view.title}</bdi>
          </>
        )}
      </h1>
      <progress max={Math.max(1, images.length)} value={coded} aria-label="Coded images" />
      <p class="count">
        {formatCount(coded)} of {formatCount(images.length)}
      </p>
      <p class={unsaved > 0 ? "saved unsaved" : "saved"}>
        {unsaved > 0
          ? `${formatCount(unsaved)} not saved yet`
          : waiting.length > 0
            ? "Saving …"
            : "All saved"}
      </p>
      <p class="who">
        <bdi class="name">{view.coder}</bdi>
        <span aria-hidden="true">·</span>
        <bdi class="name">{view.sample.name}</bdi>
      </p>
    </header>
  );
}
