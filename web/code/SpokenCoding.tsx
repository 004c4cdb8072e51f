import { useEffect, useRef } from "preact/hooks";
import { formatCount } from "../format.ts";
import { answerText, codedCount, isSameSaid } from "./codingState.ts";
import type { Coding } from "./useCoding.ts";

/** What a screen reader says when an image comes: what was said of the one before, and how far the coding is. */
export function SpokenCoding({
  coding: { images },
  number,
}: {
  readonly coding: Coding;
  readonly number: number;
}) {
  const before = useRef(images);
  const changed = images.find((image) => {
    const earlier = before.current.find(({ at }) => at === image.at);
    if (image.own === null || earlier === undefined) return false;
    return earlier.own === null || !isSameSaid(image.own, earlier.own);
  });
  const spoken = useRef<typeof changed>(undefined);
  spoken.current = changed ?? spoken.current;
  useEffect(() => {
    before.current = images;
  });
  const own = spoken.current?.own;
  return (
    <p class="unseen" role="status">
      {own != null && (
        <>
          {own.answer === "withdrawn" ? "Taken back" : <bdi>{answerText(own)}</bdi>}.{" "}
          {formatCount(codedCount(images))} of {formatCount(images.length)}.{" "}
        </>
      )}
      Image {formatCount(number)}
    </p>
  );
}
