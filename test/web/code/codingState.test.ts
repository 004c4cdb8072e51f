import { describe, expect, it } from "vitest";
import {
  answerText,
  type CodingImage,
  caughtUp,
  codedCount,
  isSameSaid,
  maybeLastCoded,
  maybeNeighbour,
  maybeNextOpen,
  type OwnCoding,
  orderOfAnswers,
} from "../../../web/code/codingState.ts";

function image(at: number, own: Partial<OwnCoding> | null = null): CodingImage {
  const coding = own && ({ id: 1, answer: "category", value: "Trees", note: "", ...own } as OwnCoding);
  return { at, own: coding, known: null, codes: [] };
}

const withdrawn = { answer: "withdrawn", value: null } as const;

describe("the images of a coder", () => {
  it("come in order, and the skipped ones again at the end", () => {
    const images = [image(0, {}), image(1), image(2, { id: 2 }), image(3), image(4, { id: 3, ...withdrawn })];
    const next = (after: number | undefined) => maybeNextOpen(images, after)?.at;
    expect([next(undefined), next(0), next(1), next(3), next(4)]).toEqual([1, 1, 3, 4, 1]);
    expect(codedCount(images)).toBe(2);
    // An image is never the next one of itself: its answer is on its way.
    expect(maybeNextOpen([image(0, {}), image(1)], 1)).toBeUndefined();
    expect(maybeNextOpen([], undefined)).toBeUndefined();
  });

  it("have neighbours in the coder's order, also where some are not shown", () => {
    const images = [image(2), image(5), image(9)];
    expect([maybeNeighbour(images, 5, -1)?.at, maybeNeighbour(images, 5, 1)?.at]).toEqual([2, 9]);
    expect([maybeNeighbour(images, 2, -1), maybeNeighbour(images, 9, 1)]).toEqual([undefined, undefined]);
  });

  it("are undone from the newest on: those on their way first", () => {
    const images = [
      image(0, { id: 9 }),
      image(1, { id: 4 }),
      image(2, { id: 12, ...withdrawn }),
      image(3, { id: 0 }),
    ];
    expect(maybeLastCoded(images, orderOfAnswers([]))?.at).toBe(0);
    expect(maybeLastCoded(images, orderOfAnswers([3]))?.at).toBe(3);
    expect(maybeLastCoded(images, orderOfAnswers([3, 1]))?.at).toBe(1);
    expect(maybeLastCoded([image(0)], orderOfAnswers([]))).toBeUndefined();
  });

  it("keep what is known here and newer than the server's late answer, and take what is newer there", () => {
    const known = [image(0, { id: 5 }), image(1, { id: 2 })];
    const loaded = [image(0, { id: 3, value: "Houses" }), image(1, { id: 7, value: "Houses" }), image(2)];
    expect(caughtUp(known, loaded).map(({ own }) => own?.id)).toEqual([5, 7, undefined]);
  });
});

describe("answers", () => {
  it("are the same when the category and the note are", () => {
    const said = { answer: "category", value: "Trees", note: "" } as const;
    expect(isSameSaid(said, { ...said })).toBe(true);
    expect(isSameSaid(said, { ...said, note: "x" })).toBe(false);
    expect(isSameSaid(said, { ...said, value: "Houses" })).toBe(false);
    expect(isSameSaid(said, { answer: "unsure", value: null, note: "" })).toBe(false);
  });

  it("have words", () => {
    expect(answerText({ answer: "category", value: "unsure" })).toBe("unsure");
    expect(answerText({ answer: "unsure", value: null })).toBe("Unsure");
    expect(answerText({ answer: "uncodable", value: null })).toBe("Uncodable");
    expect(answerText({ answer: "withdrawn", value: null })).toBe("no answer");
  });
});
