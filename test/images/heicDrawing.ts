/** Size of the pictures in test/fixtures/heic. */
export const drawingWidthPx = 96;
export const drawingHeightPx = 64;

/** Red, green, blue and yellow quarters (left to right, top to bottom), each brightening to the right. */
const quarters = [
  [200, 40, 40],
  [40, 180, 60],
  [50, 60, 200],
  [220, 200, 60],
] as const;

/** What test/fixtures/heic shows: `[64, 96, 3]`, or `[64, 96, 4]` with a quarter invisible and a quarter half visible. */
export function heicDrawing(channels: 3 | 4 = 3): Uint8Array {
  const pixels = new Uint8Array(drawingWidthPx * drawingHeightPx * channels);
  for (let at = 0; at < pixels.length; at += channels) {
    const x = (at / channels) % drawingWidthPx;
    const isRight = x >= drawingWidthPx / 2;
    const isLow = at / channels >= (drawingWidthPx * drawingHeightPx) / 2;
    const base = quarters[(isLow ? 2 : 0) + (isRight ? 1 : 0)] as readonly number[];
    const ramp = Math.floor((x / drawingWidthPx) * 20);
    for (let c = 0; c < 3; c++) pixels[at + c] = (base[c] as number) + ramp;
    if (channels === 4) pixels[at + 3] = x < drawingWidthPx / 4 ? 0 : isRight ? 255 : 128;
  }
  return pixels;
}
