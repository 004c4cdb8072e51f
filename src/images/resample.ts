/** 8-bit pixels, row by row, channels interleaved: `[heightPx, widthPx, channels]`. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: number;
}

/** The interpolations that the preprocessing of CLIP and SigLIP models names, by Pillow's word. */
export type Interpolation = "bicubic" | "bilinear";

/** A resize to `widthPx` x `heightPx` of which only the box at `left`, `top` is wanted. */
export interface ResizeAndCrop {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly left: number;
  readonly top: number;
  readonly cropWidthPx: number;
  readonly cropHeightPx: number;
}

/** Fixed-point bits of a coefficient; with 8-bit pixels every sum fits into 32 bits (as in Pillow's `Resample.c`). */
const precisionBits = 22;

const filters: Readonly<Record<Interpolation, { support: number; weight: (x: number) => number }>> = {
  // Keys 1981 with a = -0.5, the value that Pillow uses.
  bicubic: {
    support: 2,
    weight: (x) => {
      const t = Math.abs(x);
      if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
      if (t < 2) return ((-0.5 * t + 2.5) * t - 4) * t + 2;
      return 0;
    },
  },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
};

/**
 * Antialiased separable resize with the arithmetic of Pillow's `Image.resize` (8-bit fixed point, horizontal pass
 * first, intermediate rounded to 8 bits), of which only the wanted box is computed. libvips' enlarging is half a pixel
 * off the reference, so pictures that have to be enlarged come here.
 */
export function resample(pixels: Pixels, target: ResizeAndCrop, interpolation: Interpolation): Pixels {
  const { channels } = pixels;
  const across = axisWeights(pixels.widthPx, target.widthPx, target.left, target.cropWidthPx, interpolation);
  const down = axisWeights(pixels.heightPx, target.heightPx, target.top, target.cropHeightPx, interpolation);
  const firstRow = Math.min(...down.starts);
  const lastRow = Math.max(...down.starts.map((start, i) => start + (down.counts[i] as number)));
  const rows = lastRow - firstRow;

  const narrow = new Uint8Array(rows * target.cropWidthPx * channels);
  for (let y = 0; y < rows; y++) {
    const rowAt = (y + firstRow) * pixels.widthPx * channels;
    sumAlongAxis(
      pixels.data,
      rowAt,
      channels,
      across,
      narrow,
      y * target.cropWidthPx * channels,
      channels,
      channels,
    );
  }
  const rowLength = target.cropWidthPx * channels;
  const out = new Uint8Array(target.cropHeightPx * rowLength);
  const shifted = { ...down, starts: down.starts.map((start) => start - firstRow) };
  for (let x = 0; x < target.cropWidthPx; x++) {
    sumAlongAxis(narrow, x * channels, rowLength, shifted, out, x * channels, rowLength, channels);
  }
  return { data: out, widthPx: target.cropWidthPx, heightPx: target.cropHeightPx, channels };
}

interface AxisWeights {
  /** First input position of each output position. */
  readonly starts: readonly number[];
  readonly counts: readonly number[];
  /** Fixed-point coefficients, `perOutput` slots for each output position. */
  readonly coefficients: Int32Array;
  readonly perOutput: number;
}

function axisWeights(
  inputSize: number,
  outputSize: number,
  from: number,
  length: number,
  interpolation: Interpolation,
): AxisWeights {
  const { support: unitSupport, weight } = filters[interpolation];
  const scale = inputSize / outputSize;
  const filterScale = Math.max(1, scale);
  const support = unitSupport * filterScale;
  const perOutput = Math.ceil(support) * 2 + 1;
  const coefficients = new Int32Array(length * perOutput);
  const starts: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < length; i++) {
    const center = (i + from + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - support + 0.5));
    const count = Math.min(inputSize, Math.trunc(center + support + 0.5)) - start;
    const weights = Array.from({ length: count }, (_, k) => weight((k + start - center + 0.5) / filterScale));
    const total = weights.reduce((sum, w) => sum + w, 0);
    weights.forEach((w, k) => {
      const fixed = (w / total) * (1 << precisionBits);
      coefficients[i * perOutput + k] = Math.trunc(fixed < 0 ? fixed - 0.5 : fixed + 0.5);
    });
    starts.push(start);
    counts.push(count);
  }
  return { starts, counts, coefficients, perOutput };
}

/** Weighted sums along one line of pixels: `from` and `to` offsets and steps are in bytes. */
function sumAlongAxis(
  source: Uint8Array,
  sourceAt: number,
  sourceStep: number,
  weights: AxisWeights,
  target: Uint8Array,
  targetAt: number,
  targetStep: number,
  channels: number,
): void {
  const { starts, counts, coefficients, perOutput } = weights;
  for (let i = 0; i < starts.length; i++) {
    const first = sourceAt + (starts[i] as number) * sourceStep;
    const count = counts[i] as number;
    for (let c = 0; c < channels; c++) {
      let sum = 1 << (precisionBits - 1);
      for (let k = 0, at = first + c; k < count; k++, at += sourceStep) {
        sum += (source[at] as number) * (coefficients[i * perOutput + k] as number);
      }
      const value = sum >> precisionBits;
      target[targetAt + i * targetStep + c] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
}
