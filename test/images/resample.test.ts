import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { premultiply, unpremultiply } from "../../src/images/alpha.ts";
import { type Interpolation, type Pixels, resample } from "../../src/images/resample.ts";
import { seededRandom } from "../../src/seededRandom.ts";

interface Case {
  readonly mode: "RGB" | "RGBA";
  readonly interpolation: Interpolation;
  readonly size: readonly [widthPx: number, heightPx: number];
  readonly target: readonly [widthPx: number, heightPx: number];
  /** Base64 of the pixels, row by row; the output is RGB. */
  readonly input: string;
  readonly output: string;
}

// Pillow 12.3.0, by test/fixtures/resample/make_resample.py.
const { versions, cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../fixtures/resample/resample.json"), "utf8"),
) as { versions: Record<string, string>; cases: Case[] };

const whole = (widthPx: number, heightPx: number) => ({
  widthPx,
  heightPx,
  left: 0,
  top: 0,
  cropWidthPx: widthPx,
  cropHeightPx: heightPx,
});

function pixelsOf({ mode, size: [widthPx, heightPx], input }: Case): Pixels {
  return { data: Buffer.from(input, "base64"), widthPx, heightPx, channels: mode.length };
}

describe(`resample equals Pillow ${versions.pillow}`, () => {
  it.each(cases.map((given) => [given.mode, given.interpolation, ...given.size, ...given.target, given]))(
    "%s, %s, %i x %i to %i x %i",
    (...row) => {
      const given = row.at(-1) as Case;
      const target = whole(...given.target);
      const pixels = pixelsOf(given);
      const resized =
        given.mode === "RGB"
          ? resample(pixels, target, given.interpolation)
          : unpremultiply(resample(premultiply(pixels), target, given.interpolation));
      expect([...resized.data]).toEqual([...Buffer.from(given.output, "base64")]);
      expect([resized.widthPx, resized.heightPx, resized.channels]).toEqual([...given.target, 3]);
    },
  );
});

describe("resample", () => {
  const random = seededRandom(4);
  const noise: Pixels = {
    data: Uint8Array.from({ length: 30 * 20 * 3 }, () => Math.floor(random() * 256)),
    widthPx: 30,
    heightPx: 20,
    channels: 3,
  };

  it.each([
    [77, 51],
    [12, 9],
  ])("computes a box of %i x %i as the same box of the whole", (widthPx, heightPx) => {
    const all = resample(noise, whole(widthPx, heightPx), "bicubic");
    const box = { left: 5, top: 3, cropWidthPx: 6, cropHeightPx: 4 };
    const part = resample(noise, { widthPx, heightPx, ...box }, "bicubic");
    const rows = Array.from({ length: box.cropHeightPx }, (_, y) => {
      const at = ((y + box.top) * widthPx + box.left) * 3;
      return [...all.data.subarray(at, at + box.cropWidthPx * 3)];
    });
    expect([...part.data]).toEqual(rows.flat());
    expect([part.widthPx, part.heightPx]).toEqual([6, 4]);
  });

  it("leaves an even surface even, whatever the size", () => {
    const even: Pixels = { ...noise, data: new Uint8Array(30 * 20 * 3).fill(137) };
    for (const interpolation of ["bicubic", "bilinear"] as const) {
      for (const size of [1, 7, 19, 31, 90]) {
        expect(new Set(resample(even, whole(size, size), interpolation).data)).toEqual(new Set([137]));
      }
    }
  });
});
