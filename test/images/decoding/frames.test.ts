import { describe, expect, it } from "vitest";
import { type Frame, frameHead, openFrameReader } from "../../../src/images/decoding/frames.ts";

const limits = { headBytes: 100, bodyBytes: 1000 };

/** Reads bytes in pieces of a length. */
function readIn(pieceBytes: number, bytes: Buffer, place?: Buffer): Frame[] {
  const frames: Frame[] = [];
  const read = openFrameReader(
    limits,
    ({ head, body }) => frames.push({ head, body: Uint8Array.from(body) }),
    place,
  );
  for (let at = 0; at < bytes.length; at += pieceBytes) read(bytes.subarray(at, at + pieceBytes));
  return frames;
}

describe("frames", () => {
  const bodies = [Buffer.alloc(0), Buffer.from([1, 2, 3]), Buffer.alloc(1000, 7)];
  const sent = bodies.map((body, i) => ({ head: { name: `é${i}` }, body }));
  const bytes = Buffer.concat(sent.flatMap(({ head, body }) => [frameHead(head, body.length), body]));

  it.each([1, 2, 7, 8, 9, 500, 10_000])("come out as they went in, in pieces of %i bytes", (pieceBytes) => {
    const expected = sent.map(({ head, body }) => ({ head, body: Uint8Array.from(body) }));
    expect(readIn(pieceBytes, bytes)).toEqual(expected);
    expect(readIn(pieceBytes, bytes, Buffer.alloc(10))).toEqual(expected);
  });

  it("use the given memory again for each body that fits", () => {
    const place = Buffer.alloc(10);
    const seen: ArrayBufferLike[] = [];
    const read = openFrameReader(limits, ({ body }) => seen.push(body.buffer), place);
    read(bytes);
    expect(seen.map((memory) => memory === place.buffer)).toEqual([true, true, false]);
  });

  it.each([
    ["a body above the limit", Buffer.from(frameHead({}, 1001))],
    ["a head above the limit", frameHead({ name: "x".repeat(100) }, 0)],
    ["no head", Buffer.alloc(8)],
    ["a head that is no JSON", Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from("{]")])],
  ])("refuse %s", (_, wrong) => {
    expect(() => readIn(5, wrong)).toThrow(RangeError);
  });
});
