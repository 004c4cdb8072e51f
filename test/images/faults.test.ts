import { describe, expect, it } from "vitest";
import { ImageFailure } from "../../src/images/imageFailure.ts";
import { openPicture } from "../../src/images/openPicture.ts";
import type { FaultFile } from "../fixtures/faults/faultFile.ts";
import { countByKind, faultFiles } from "../fixtures/faults/faultFiles.ts";

/** RGBA of a picture, 8 bits each, with its size. */
async function read(bytes: Buffer) {
  const picture = await openPicture(bytes);
  const { value, warning } = await picture.render((sharp) =>
    sharp.ensureAlpha().toColourspace("srgb").raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true }),
  );
  expect([value.info.width, value.info.height]).toEqual([picture.widthPx, picture.heightPx]);
  return { pixels: value.data, sizePx: [picture.widthPx, picture.heightPx], warning };
}

const wholes = new Map<Buffer, Promise<Buffer>>();
/** The pixels of a whole file, decoded once. */
function wholePixels(bytes: Buffer): Promise<Buffer> {
  const known = wholes.get(bytes) ?? read(bytes).then(({ pixels }) => pixels);
  wholes.set(bytes, known);
  return known;
}

function meanDifference(rgba: Buffer, rgb: Buffer): number {
  let sum = 0;
  for (let from = 0, at = 0; at < rgb.length; from += 4) {
    for (let c = from; c < from + 3; c++, at++) sum += Math.abs((rgba[c] as number) - (rgb[at] as number));
  }
  return sum / rgb.length;
}

/** What became of a file, in words; any failure but an ImageFailure is thrown. */
async function outcomeOf({ bytes, madeOf, shows, sizePx, warned }: FaultFile): Promise<string> {
  try {
    const found = await read(bytes);
    if (sizePx !== undefined) expect(found.sizePx).toEqual(sizePx);
    if (warned !== undefined) expect(found.warning, "warning")[warned ? "toBeDefined" : "toBeUndefined"]();
    if (madeOf !== undefined)
      expect(found.pixels.equals(await wholePixels(madeOf)), "the whole picture").toBe(true);
    if (shows !== undefined)
      expect(meanDifference(found.pixels, shows.pixels)).toBeLessThanOrEqual(shows.atMost);
    return "picture";
  } catch (error) {
    if (!(error instanceof ImageFailure)) throw error;
    // It goes into tables that people share.
    expect(error.message).not.toMatch(/\n|\/|\\|Vips|2vips|libheif/);
    return error.code;
  }
}

const codes = ["truncated", "corrupt", "too_many_pixels", "unsupported_format", "not_an_image"];

const files = await faultFiles();

describe("the fault corpus", () => {
  it.each([...countByKind(files).keys()])(
    "gets a whole picture or the right reason from every file of the kind: %s",
    { timeout: 60_000 },
    async (kind) => {
      for (const file of files.filter((each) => each.kind === kind)) {
        const found = await outcomeOf(file).catch((error) => {
          throw new Error(file.name, { cause: error });
        });
        if (file.outcome === "either") expect(["picture", ...codes], file.name).toContain(found);
        else expect(found, file.name).toBe(file.outcome);
      }
    },
  );

  it("holds as many files of each kind as the documentation counts", () => {
    expect(Object.fromEntries(countByKind(files))).toEqual({
      "whole picture": 27,
      "cut off": 216,
      "cut off and closed": 166,
      "zeros at the end": 412,
      "bit flips": 216,
      "wrong ending": 27,
      bomb: 29,
      "two formats in one": 19,
      "EXIF orientation": 38,
      "kind of pixels": 45,
      "small fault": 47,
    });
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
  });
});
