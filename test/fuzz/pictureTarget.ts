import assert from "node:assert/strict";
import sharp from "sharp";
import { UserError } from "../../src/errors.ts";
import { ImageFailure } from "../../src/images/imageFailure.ts";
import { openPicture } from "../../src/images/openPicture.ts";
import { viewOf } from "../../src/images/renderView.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { plainBmp, runLengthBmp } from "../fixtures/faults/bmpFile.ts";
import { stripsTiff } from "../fixtures/faults/tiffFile.ts";
import { readHeic } from "../images/heifFile.ts";
import type { FuzzTarget } from "./fuzzTarget.ts";

const [widthPx, heightPx] = [24, 18];
/** Mutations make sizes large: what is looked for is how they are refused, not how long they take. */
const maxPixels = 250_000;
const spec = {
  view: "center",
  sizePx: 16,
  interpolation: "bicubic",
  alpha: "premultiplied",
  padColor: [0, 0, 0],
} as const;

/** A small picture in every format and way of coding that Clipbook reads, so that most changes meet what is structure. */
async function smallPictures(): Promise<readonly Uint8Array[]> {
  const random = seededRandom(11);
  const noise = (pages: number, channels: 3 | 4) =>
    Buffer.from(Array.from({ length: widthPx * heightPx * pages * channels }, () => random() * 256));
  const drawn = (channels: 3 | 4 = 3) =>
    sharp(noise(1, channels), { raw: { width: widthPx, height: heightPx, channels } });
  const film = () =>
    sharp(noise(3, 3), {
      raw: { width: widthPx, height: heightPx * 3, channels: 3, pageHeight: heightPx },
    });
  const coded = await Promise.all(
    [
      drawn().jpeg(),
      drawn().jpeg({ progressive: true }),
      drawn()
        .withExif({ IFD0: { Orientation: "6" } })
        .jpeg(),
      drawn().toColourspace("cmyk").jpeg(),
      drawn().png(),
      drawn(4).png({ progressive: true }),
      drawn().png({ palette: true }),
      drawn().gif(),
      film().gif({ loop: 0 }),
      drawn().webp(),
      drawn(4).webp(),
      drawn().webp({ lossless: true }),
      film().webp({ loop: 0 }),
      drawn().tiff({ compression: "lzw" }),
      drawn().tiff({ compression: "jpeg" }),
      drawn().tiff({ tile: true, tileWidth: 16, tileHeight: 16, compression: "deflate" }),
      drawn().avif({ effort: 0 }),
    ].map((picture) => picture.toBuffer()),
  );
  const heic = ["plain.heic", "alpha.heic", "exif.heic", "two.heic"].map(readHeic);
  return [...coded, ...heic, stripsTiff(), plainBmp(), runLengthBmp()];
}

/** Markers, names of boxes and chunks, and numbers that lengths and counts are of. */
const tokens = [
  ..."\xff\xd8|\xff\xd9|\xff\xda|\xff\xc0|\xff\xc2|\xff\xc4|\xff\xdd|\xff\xd0|\xff\xe1|Exif\0\0|IEND|IDAT|fdAT|acTL|PLTE".split(
    "|",
  ),
  ..."\x2c|\x3b|\x21\xf9\x04|RIFF|VP8 |VP8L|VP8X|ALPH|ANMF|II*\0|MM\0*|II+\0|meta|iloc|iinf|infe|iprp|ipma|hvcC|mdat".split(
    "|",
  ),
  ..."\0|\0\0|\0\0\0\x01|\x01\0|\xff\xff|\xff\xff\xff\xff|\x7f\xff\xff\xff|\x11\x01|\x12\x01|\x44\x01".split(
    "|",
  ),
].map((token) => Buffer.from(token, "latin1"));

/** Reading a picture's header, and then all of it. */
export const pictureTarget: FuzzTarget = {
  name: "pictures",
  seeds: await smallPictures(),
  tokens,
  async check(bytes) {
    try {
      const picture = await openPicture(Buffer.from(bytes), maxPixels);
      const size = picture.widthPx * picture.heightPx;
      assert.ok(
        Number.isInteger(size) && size > 0 && size <= maxPixels,
        `${picture.widthPx} x ${picture.heightPx}`,
      );
      const { pixels, warning } = await viewOf(picture, spec);
      assert.equal(pixels.length, spec.sizePx ** 2 * 3);
      assert.ok(warning !== "", "a warning says what is wrong");
    } catch (error) {
      requireRefusal(error);
    }
  },
};

function requireRefusal(error: unknown): void {
  if (!(error instanceof ImageFailure) && !(error instanceof UserError)) throw error;
  assert.ok(error.message !== "" && !error.message.includes("\n"), "a failure is one sentence");
}
