import { expect, it } from "vitest";
import { tiffFile } from "../fixtures/faults/tiffFile.ts";
import { openTestDecoders } from "./decoding/openTestDecoders.ts";
import { smallView } from "./decoding/pictures.ts";

it("looks only at the places of a TIFF's pixels: what programs keep beside them may be as large as it likes", async () => {
  // As numbers of JavaScript these bytes would fill a decoder's heap.
  const besides = 45_000_000;
  const entryCount = 14;
  const pixelsAt = 10 + entryCount * 12 + 4;
  const file = tiffFile(
    [
      [256, 4, 1, 8],
      [257, 4, 1, 8],
      [258, 3, 1, 8],
      [259, 3, 1, 1],
      [262, 3, 1, 1],
      [273, 4, 1, pixelsAt],
      [277, 3, 1, 1],
      [278, 4, 1, 8],
      [279, 4, 1, 64],
      [284, 3, 1, 1],
      // Layers of Photoshop and the like, which all lie in the same place here.
      ...([37724, 50_001, 50_002, 50_003] as const).map((tag) => [tag, 7, besides, pixelsAt + 64] as const),
    ],
    Buffer.alloc(64 + besides, 90),
  );
  const { decoders } = openTestDecoders({ count: 1 });
  expect(await decoders.view(file, smallView)).toMatchObject({ format: "TIFF", widthPx: 8, heightPx: 8 });
});
