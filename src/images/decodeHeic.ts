import { convertFirst } from "./fileSignatures.ts";
import { forgetHeifDecoder, type HeifDecoder, heifDecoder } from "./heifDecoder.ts";
import { ImageFailure } from "./imageFailure.ts";
import { isCutShort } from "./isCutShort.ts";
import { requirePixels } from "./pixelLimit.ts";
import type { Pixels } from "./resample.ts";

// libheif's numbers (heif_image.h, heif_error.h of version 1.23).
const colorspaceRgb = 1;
const chromaRgb = 10;
const chromaRgba = 11;
const channelInterleaved = 10;
const unsupportedFiletype = 3;
const unsupportedFeature = 4;
const memoryError = 6;
/** A finer code: more items, tiles, bytes or pixels than libheif's own limits. */
const securityLimit = 1000;
/** Of `heif_decoding_options` in 32-bit memory: 8 bits for each colour, and an error instead of a picture with holes. */
const convertTo8Bit = 20;
const strictDecoding = 21;

/** WebAssembly never gives memory back: a decoder that grew beyond this is thrown away. */
const keptMemoryBytes = 128 * 2 ** 20;

/** The primary image's size as seen, and 4 channels where it has opacity. */
export type HeicHeader = Omit<Pixels, "data">;

/** One open file: what its functions return is told apart by `check`, and freed by `release`. */
interface OpenHeic {
  readonly header: HeicHeader;
  /** A pointer to libheif's error of three words: code, finer code, message. */
  readonly error: number;
  /** A pointer to where functions put what they make. */
  readonly out: number;
  readonly handle: number;
  /** @throws ImageFailure where the last call has failed */
  check(): void;
  /** Frees a pointer at the end. @throws ImageFailure `too_many_pixels` where there was no memory for it */
  release(pointer: number, free: (pointer: number) => void): number;
  /** The 32-bit word at an address. */
  word(at: number): number;
}

/**
 * Reads what a HEIC or HEIF file says of its primary image, without decoding it.
 * @throws ImageFailure `truncated`, `corrupt`, `too_many_pixels`, `unsupported_format`
 */
export function readHeicHeader(bytes: Buffer, format: string, maxPixels: number): Promise<HeicHeader> {
  return withPrimaryImage(bytes, format, maxPixels, (_, { header }) => header);
}

/**
 * Decodes the primary image of a HEIC or HEIF file to upright RGB `[heightPx, widthPx, 3]`, or RGBA `[.., 4]` where it
 * has opacity. The file's own rotation, mirroring and cropping are applied, an EXIF orientation is not: in HEIF it only
 * repeats them (ISO/IEC 23008-12, Annex A.2).
 * @throws ImageFailure `truncated`, `corrupt`, `too_many_pixels`, `unsupported_format`
 */
export function decodeHeic(bytes: Buffer, format: string, maxPixels: number): Promise<Pixels> {
  return withPrimaryImage(bytes, format, maxPixels, (heif, opened) => {
    const { header, error, out, handle, check, release, word } = opened;
    const options = release(heif._heif_decoding_options_alloc(), heif._heif_decoding_options_free);
    heif.HEAPU8[options + convertTo8Bit] = 1;
    heif.HEAPU8[options + strictDecoding] = 1;
    const chroma = header.channels === 3 ? chromaRgb : chromaRgba;
    heif._heif_decode_image(error, handle, out, colorspaceRgb, chroma, options);
    check();
    const image = release(word(out), heif._heif_image_release);
    if (
      heif._heif_image_get_width(image, channelInterleaved) !== header.widthPx ||
      heif._heif_image_get_height(image, channelInterleaved) !== header.heightPx
    ) {
      throw damaged(bytes, format, "the decoded size is not the one that the file gives");
    }
    const plane = heif._heif_image_get_plane_readonly(image, channelInterleaved, out);
    if (plane === 0) throw damaged(bytes, format, "no pixels");
    const pixels = withoutPadding(heif.HEAPU8, plane, word(out), header);
    const isPremultiplied = heif._heif_image_handle_is_premultiplied_alpha(handle) !== 0;
    return isPremultiplied && header.channels === 4 ? withPlainColours(pixels) : pixels;
  });
}

async function withPrimaryImage<T>(
  bytes: Buffer,
  format: string,
  maxPixels: number,
  use: (heif: HeifDecoder, opened: OpenHeic) => T,
): Promise<T> {
  const heif = await heifDecoder();
  const cleanUps: (() => void)[] = [];
  try {
    return use(heif, openPrimaryImage(heif, cleanUps, { bytes, format, maxPixels }));
  } catch (cause) {
    if (cause instanceof ImageFailure) throw cause;
    // An abort inside of WebAssembly: its memory cannot be trusted any more.
    cleanUps.length = 0;
    forgetHeifDecoder();
    throw damaged(bytes, format, cause);
  } finally {
    for (const cleanUp of cleanUps.reverse()) cleanUp();
    if (heif.HEAPU8.length > keptMemoryBytes) forgetHeifDecoder();
  }
}

function openPrimaryImage(
  heif: HeifDecoder,
  cleanUps: (() => void)[],
  {
    bytes,
    format,
    maxPixels,
  }: { readonly bytes: Buffer; readonly format: string; readonly maxPixels: number },
): OpenHeic {
  const release = (pointer: number, free: (pointer: number) => void): number => {
    if (pointer === 0) throw new ImageFailure("too_many_pixels", tooLarge(format));
    cleanUps.push(() => free(pointer));
    return pointer;
  };
  const word = (at: number) => new DataView(heif.HEAPU8.buffer).getUint32(at, true);
  const error = release(heif._malloc(12), heif._free);
  const out = release(heif._malloc(4), heif._free);
  const check = () => {
    const code = word(error);
    if (code === 0) return;
    if (code === unsupportedFeature || code === unsupportedFiletype) {
      throw new ImageFailure(
        "unsupported_format",
        `${format} with this kind of compression is not supported: ${convertFirst}`,
      );
    }
    if (code === memoryError || word(error + 4) === securityLimit)
      throw new ImageFailure("too_many_pixels", tooLarge(format));
    throw damaged(bytes, format, `libheif error ${code}.${word(error + 4)}`);
  };
  const file = release(heif._malloc(bytes.length), heif._free);
  heif.HEAPU8.set(bytes, file);
  const context = release(heif._heif_context_alloc(), heif._heif_context_free);
  heif._heif_context_read_from_memory_without_copy(error, context, file, bytes.length, 0);
  check();
  heif._heif_context_get_primary_image_handle(error, context, out);
  check();
  const handle = release(word(out), heif._heif_image_handle_release);
  // Before anything is decoded: the stored size, and the one after cropping and turning.
  requirePixels(
    heif._heif_image_handle_get_ispe_width(handle),
    heif._heif_image_handle_get_ispe_height(handle),
    maxPixels,
  );
  const widthPx = heif._heif_image_handle_get_width(handle);
  const heightPx = heif._heif_image_handle_get_height(handle);
  requirePixels(widthPx, heightPx, maxPixels);
  const channels = heif._heif_image_handle_has_alpha_channel(handle) === 0 ? 3 : 4;
  return { header: { widthPx, heightPx, channels }, error, out, handle, check, release, word };
}

/** Rows of `strideBytes` each become rows without a gap: `[heightPx, widthPx, channels]`. */
function withoutPadding(
  memory: Uint8Array,
  plane: number,
  strideBytes: number,
  { widthPx, heightPx, channels }: HeicHeader,
): Pixels {
  const rowBytes = widthPx * channels;
  const data = new Uint8Array(rowBytes * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const from = plane + y * strideBytes;
    data.set(memory.subarray(from, from + rowBytes), y * rowBytes);
  }
  return { data, widthPx, heightPx, channels };
}

/** The colours that were stored weighted by their opacity, without the weights; the opacity stays. */
function withPlainColours(pixels: Pixels): Pixels {
  const { data } = pixels;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] as number;
    if (alpha === 0) continue;
    for (let c = at; c < at + 3; c++) {
      data[c] = Math.min(255, Math.round(((data[c] as number) * 255) / alpha));
    }
  }
  return pixels;
}

function tooLarge(format: string): string {
  return `the ${format} picture has more pixels or parts than its decoder allows`;
}

function damaged(bytes: Buffer, format: string, cause: unknown): ImageFailure {
  return isCutShort(format, bytes)
    ? new ImageFailure("truncated", `the ${format} file ends before its picture does`, { cause })
    : new ImageFailure("corrupt", `the ${format} file is damaged`, { cause });
}
