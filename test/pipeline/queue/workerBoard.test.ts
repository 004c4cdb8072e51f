import { describe, expect, it } from "vitest";
import { embeddings, normaliseRows } from "../../../src/embeddings.ts";
import {
  lowestReferenceCosine,
  openWorkerBoard,
  otherNumbersSentence,
} from "../../../src/pipeline/queue/workerBoard.ts";
import { vectorsToText } from "../../../src/queue/vectorText.ts";
import { soundBeat } from "../../queue/soundSession.ts";

function watchedBoard() {
  const told: string[] = [];
  const board = openWorkerBoard({
    onJoined: (name) => told.push(`${name} joined`),
    onLost: (name) => told.push(`${name} lost`),
    onOtherNumbers: ({ name, first, cosine }) => told.push(`${name} not as ${first}: ${cosine.toFixed(6)}`),
  });
  return { told, board };
}

/** Six unit vectors, each turned by an angle away from the first axis. `[6, 4]` */
function references(cosine: number): string {
  const row = [cosine, Math.sqrt(1 - cosine * cosine), 0, 0];
  return vectorsToText(normaliseRows(Float32Array.from(Array(6).fill(row).flat()), 4));
}

describe("the board of workers", () => {
  it("tells who has joined, once", () => {
    const { told, board } = watchedBoard();
    board.update([soundBeat()], 0);
    board.update([soundBeat({ beat: 1 })], 1000);
    expect(told).toEqual(["1@one joined"]);
  });

  it("tells a worker's speed from its own counts over the coordinator's clock", () => {
    const { board } = watchedBoard();
    // A worker's clock is not asked: only that its beats go on.
    for (let second = 0; second <= 10; second++)
      board.update([soundBeat({ beat: 1_000_000 + second, embedded: 12 * second })], second * 1000);
    expect(board.lines()).toEqual([
      { name: "1@one", isLocal: false, embedded: 120, failed: 0, imagesPerSecond: 12 },
    ]);
  });

  it("tells once that a killed worker is gone, whose last sign of life stays, and that it is back when it gives another", () => {
    const { told, board } = watchedBoard();
    for (let second = 0; second <= 60; second++)
      board.update(
        [soundBeat({ beat: 7 }), soundBeat({ id: "2-cd", name: "2@two", beat: second })],
        second * 1000,
      );
    expect(told).toEqual(["1@one joined", "2@two joined", "1@one lost"]);
    expect(board.lines().map(({ name }) => name)).toEqual(["2@two"]);
    board.update([soundBeat({ beat: 8 })], 61_000);
    expect(told.slice(3)).toEqual(["1@one joined", "2@two lost"]);
  });

  it("tells no speed before there is one", () => {
    const { board } = watchedBoard();
    board.update([soundBeat({ embedded: 500 })], 0);
    expect(board.lines()[0]?.imagesPerSecond).toBeUndefined();
  });

  it("takes a worker for gone that took its sign away", () => {
    const { told, board } = watchedBoard();
    board.update([soundBeat(), soundBeat({ id: "2-cd", name: "2@two" })], 0);
    board.update([soundBeat({ beat: 1 })], 1000);
    expect(told.at(-1)).toBe("2@two lost");
    expect(board.lines().map(({ name }) => name)).toEqual(["1@one"]);
  });

  it("takes a worker for gone whose beat does not go on for 15 seconds, and for back when it does", () => {
    const { told, board } = watchedBoard();
    for (let second = 0; second < 15; second++) board.update([soundBeat()], second * 1000);
    expect(board.lines()).toHaveLength(1);
    board.update([soundBeat()], 15_000);
    expect(told).toEqual(["1@one joined", "1@one lost"]);
    board.update([soundBeat({ beat: 1 })], 16_000);
    expect(board.lines()).toHaveLength(1);
  });

  it("counts two workers of one machine as two, on one machine", () => {
    const { board } = watchedBoard();
    board.update([soundBeat(), soundBeat({ id: "2-cd", name: "2@one" })], 0);
    board.update([soundBeat({ id: "3-ef", name: "3@two" })], 1000);
    expect(board.record()).toMatchObject({ workers: 3, machines: 2 });
  });
});

describe("workers' reference pictures", () => {
  const second = (reference: string) => soundBeat({ id: "2-cd", name: "2@two", reference });

  it("are the same bits, or not, and undefined where there is nothing to compare", () => {
    const { told, board } = watchedBoard();
    board.update([soundBeat({ reference: references(1) })], 0);
    expect(board.record().areSameBits).toBeUndefined();
    board.update([soundBeat({ reference: references(1) }), second(references(1))], 1000);
    expect(board.record().areSameBits).toBe(true);
    board.update([soundBeat({ id: "3-ef", name: "3@three", reference: references(0.99999) })], 2000);
    expect(board.record()).toMatchObject({ areSameBits: false, others: [] });
    expect(told.filter((line) => line.includes("not as"))).toEqual([]);
  });

  it(`are told of by name when one's cosine is below ${lowestReferenceCosine}`, () => {
    expect(lowestReferenceCosine).toBe(0.9999);
    const { told, board } = watchedBoard();
    board.update([soundBeat({ reference: references(1) })], 0);
    board.update([second(references(0.99989))], 1000);
    expect(told).toContain("2@two not as 1@one: 0.999890");
    const [other] = board.record().others;
    expect(other && otherNumbersSentence(other)).toBe(
      "the processor of 2@two gives other embeddings than that of 1@one (cosine 0.999890 on a reference picture): results hang on who embeds a picture",
    );
  });

  it("are compared picture by picture: one of six is enough", () => {
    const { told, board } = watchedBoard();
    const one = new Float32Array(6 * 4);
    for (let row = 0; row < 6; row++) one[row * 4] = 1;
    const other = one.slice();
    other.set([0, 1, 0, 0], 5 * 4);
    board.update([soundBeat({ reference: vectorsToText(embeddings(one, 4)) })], 0);
    board.update([second(vectorsToText(embeddings(other, 4)))], 1000);
    expect(told).toContain("2@two not as 1@one: 0.000000");
  });

  it.each([
    ["no vectors", "AAAA"],
    ["of another length", vectorsToText(embeddings(Float32Array.from([1, 1, 1, 1, 1, 1]), 1))],
    ["not a number", vectorsToText(embeddings(new Float32Array(24).fill(Number.NaN), 4))],
  ])("that are %s do not compare", (_what, reference) => {
    const { board } = watchedBoard();
    board.update([soundBeat({ reference: references(1) }), second(reference)], 0);
    expect(board.record().others).toMatchObject([{ name: "2@two", cosine: 0 }]);
  });

  it("are told of once for a worker that comes and goes", () => {
    const { told, board } = watchedBoard();
    board.update([soundBeat({ reference: references(1) }), second(references(0.5))], 0);
    board.update([], 1000);
    board.update([second(references(0.5))], 2000);
    expect(told.filter((line) => line.includes("not as"))).toHaveLength(1);
  });
});
