import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { renderView } from "../../src/images/renderView.ts";
import { views } from "../../src/images/viewGeometry.ts";
import type { ViewSpec } from "../../src/images/viewSpec.ts";
import { zerosCodeFlatBlocks } from "../../src/images/zerosCodeFlatBlocks.ts";
import { readReferenceImage } from "./reference.ts";

const spec: ViewSpec = {
  view: "center",
  sizePx: 64,
  interpolation: "bicubic",
  alpha: "premultiplied",
  padColor: [0, 0, 0],
};

const outcome = (bytes: Buffer, view = spec.view) =>
  renderView(bytes, { ...spec, view }).then(
    () => "read",
    ({ code }) => code,
  );

/** A photograph, taller than wide, as an encoder with the usual tables or with its own writes it. */
const portrait = (optimizeCoding: boolean) =>
  sharp(readReferenceImage("photo-444.jpg"))
    .resize({ width: 400, height: 900, fit: "fill" })
    .jpeg({ quality: 90, optimizeCoding })
    .toBuffer();

function withHole(bytes: Buffer, at: number, length: number): Buffer {
  return Buffer.from(bytes).fill(0, Math.floor(bytes.length * at), Math.floor(bytes.length * at) + length);
}

describe("a hole of zeros in a JPEG", () => {
  it.each(views)("is found in the view %s, also below what that shows", async (view) => {
    for (const optimizeCoding of [false, true]) {
      const whole = await portrait(optimizeCoding);
      expect(await outcome(whole, view)).toBe("read");
      for (const at of [0.5, 0.7, 0.93])
        expect(await outcome(withHole(whole, at, 300), view)).toBe("corrupt");
    }
  });

  it("of 64 bytes is enough where the usual tables would draw noise from it", async () => {
    const whole = await portrait(false);
    expect(zerosCodeFlatBlocks(whole)).toBe(false);
    for (const at of [0.2, 0.4, 0.6, 0.8]) expect(await outcome(withHole(whole, at, 66))).toBe("corrupt");
  });

  it.each(["white", "black", "#808080"])(
    "is none where an encoder's own tables mean a flat %s by zeros",
    async (background) => {
      const flat = sharp({ create: { width: 3000, height: 2000, channels: 3, background } });
      for (const picture of [
        flat,
        flat.clone().composite([{ input: readReferenceImage("photo-444.jpg"), top: 900, left: 800 }]),
      ]) {
        const bytes = await picture.jpeg({ optimizeCoding: true }).toBuffer();
        expect(bytes.includes(Buffer.alloc(64))).toBe(true);
        expect(zerosCodeFlatBlocks(bytes)).toBe(true);
        expect(await outcome(bytes)).toBe("read");
      }
    },
  );
});
