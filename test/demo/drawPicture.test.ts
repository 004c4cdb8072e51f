import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { drawnCategories, drawPicture, kindsByCategory, pictureKinds } from "../../demo/drawPicture.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

describe("drawPicture", () => {
  it("draws the same text of SVG for the same kind and seed, on every machine", () => {
    // Written down once; a change means that the bundled model was trained on other pictures than these.
    const drawn = ["rally", "handshake", "photoGrid", "newsDesk", "closeUpFace", "poster", "plate"].map(
      (kind) => [kind, sha256(drawPicture(kind, 42).svg)],
    );
    expect(Object.fromEntries(drawn)).toEqual({
      closeUpFace: "62ba3577b430a571",
      handshake: "ef15659c4a0096b2",
      newsDesk: "bee2e59132fc5d17",
      photoGrid: "05f4ce9cc4fdbba7",
      plate: "2403699241b04207",
      poster: "4466546bc3a43c2e",
      rally: "1e929a6b14c9cd3b",
    });
  });

  it("draws another picture for another seed, for every kind", () => {
    for (const kind of pictureKinds) {
      expect(new Set([1, 2, 3, 4, 5].map((seed) => drawPicture(kind, seed).svg)).size, kind).toBe(5);
    }
  });

  it("knows the category of every kind", () => {
    for (const category of drawnCategories) {
      for (const kind of Object.keys(kindsByCategory[category])) {
        expect(drawPicture(kind, 7).category).toBe(category);
      }
    }
    expect(new Set(pictureKinds).size).toBe(pictureKinds.length);
  });

  it("needs no fonts and nothing from outside the drawing", () => {
    for (const kind of pictureKinds) {
      expect(drawPicture(kind, 11).svg, kind).not.toMatch(/<text|<image|font|href|NaN|undefined|Infinity/);
    }
  });

  it("has sizes, formats and shapes as feeds have them", () => {
    const pictures = pictureKinds.flatMap((kind, index) =>
      [0, 1].map((more) => drawPicture(kind, index + 100 * more)),
    );
    for (const { widthPx, heightPx, svg } of pictures) {
      expect(Math.max(widthPx, heightPx)).toBeGreaterThanOrEqual(600);
      expect(Math.max(widthPx, heightPx)).toBeLessThanOrEqual(720);
      expect(svg).toContain(`width="${widthPx}" height="${heightPx}"`);
    }
    expect(new Set(pictures.map(({ format }) => format))).toEqual(new Set(["jpeg", "png", "webp"]));
    expect(new Set(pictures.map(({ widthPx, heightPx }) => Math.sign(widthPx - heightPx))).size).toBe(3);
  });

  it("says which kind it does not know", () => {
    expect(() => drawPicture("unicorn", 1)).toThrow(
      new RangeError('there is no kind of picture called "unicorn"'),
    );
  });
});
