import type { Sharp, SharpOptions } from "sharp";
import { decodeBmp, readBmpHeader } from "./decodeBmp.ts";
import { decodeHeic, readHeicHeader } from "./decodeHeic.ts";
import { hasHole } from "./hasHole.ts";
import { ImageFailure } from "./imageFailure.ts";
import { isCutShort } from "./isCutShort.ts";
import { jpegLacksPixels, withEndLeftOpen } from "./jpegLacksPixels.ts";
import { type JpegScans, jpegScans } from "./jpegScans.ts";
import { maybeFirstGifFrame } from "./maybeFirstGifFrame.ts";
import { defaultMaxPixels, requirePixels } from "./pixelLimit.ts";
import { requireKnownCoding } from "./requireKnownCoding.ts";
import type { Pixels } from "./resample.ts";
import { safeSharp } from "./safeSharp.ts";
import { sniffFormat } from "./sniffFormat.ts";
import { webpLacksPixels } from "./webpLacksPixels.ts";

/** A picture whose header was read; its pixels are decoded by each `render`. */
export interface Picture {
  /** `JPEG`, `PNG`, ... by its first bytes. */
  readonly format: string;
  /** Size as seen, after its EXIF orientation. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly hasAlpha: boolean;
  /**
   * Runs a sharp pipeline on the upright picture (first frame, ICC profile ignored) and gives what it returns, with
   * a warning where the decoder had to be lenient.
   * @throws ImageFailure `truncated`, `corrupt`
   */
  render<T>(pipeline: (picture: Sharp) => Promise<T>): Promise<{ value: T; warning: string | undefined }>;
}

/**
 * Reads a picture's header from its bytes.
 * @throws ImageFailure `not_an_image`, `unsupported_format`, `too_many_pixels`, `truncated`, `corrupt`
 */
export async function openPicture(bytes: Buffer, maxPixels: number = defaultMaxPixels): Promise<Picture> {
  const format = sniffFormat(bytes);
  if (format.kind === "other") {
    throw new ImageFailure(
      "not_an_image",
      withAdvice(`the file is no image but ${withArticle(format.name)}`, format.advice),
    );
  }
  if (format.kind !== "decodable") {
    throw new ImageFailure(
      "unsupported_format",
      withAdvice(`${format.name} is not supported`, format.advice),
    );
  }
  if (format.name === "BMP") {
    const header = readBmpHeader(bytes, maxPixels);
    return pictureByPixels(format.name, { ...header, channels: 3 }, async () => decodeBmp(bytes, header));
  }
  if (format.name === "HEIC" || format.name === "HEIF") {
    if (isCutShort(format.name, bytes) || hasHole(format.name, bytes)) {
      throw decodeFailure(bytes, format.name, undefined);
    }
    const header = await readHeicHeader(bytes, format.name, maxPixels);
    return pictureByPixels(format.name, header, () => decodeHeic(bytes, format.name, maxPixels));
  }
  const scans = format.name === "JPEG" ? jpegScans(bytes) : undefined;
  if (scans?.frame !== undefined) {
    requireKnownCoding(scans.frame);
    requirePixels(scans.frame.widthPx, scans.frame.heightPx, maxPixels);
  }
  // Photoshop keeps layers in a TIFF beside its picture, for which libtiff's own limit of 50 MB is too low: a decoder has one by
  // the size of its file.
  const unlimited = format.name === "TIFF";
  const base: SharpOptions = { limitInputPixels: false, ignoreIcc: true, autoOrient: true, unlimited };
  // `failOn` has no say in reading a header; the checks of the pixels follow in `render`.
  const header = await safeSharp(bytes, { ...base, failOn: "none" })
    .metadata()
    .catch((error) => {
      throw decodeFailure(bytes, format.name, error);
    });
  const { width: widthPx, height: heightPx } = header.autoOrient;
  requirePixels(widthPx, heightPx, maxPixels);
  return {
    format: format.name,
    widthPx,
    heightPx,
    hasAlpha: header.hasAlpha,
    render: async (pipeline) => {
      // Asked first: decoders fill what is missing with grey or nothing, and some of them do not say so.
      const isGif = format.name === "GIF";
      const firstFrame = isGif ? maybeFirstGifFrame(bytes) : undefined;
      const isWhole = isGif
        ? firstFrame !== undefined
        : scans
          ? hasAllScans(scans)
          : isFilled(format.name, bytes);
      if (!isWhole) throw decodeFailure(bytes, format.name, undefined);
      const decode = (given: Buffer, failOn: "warning" | "error") =>
        pipeline(safeSharp(given, { ...base, failOn }));
      const requireAll = async (strictly: boolean) => {
        const lacks =
          scans !== undefined
            ? jpegLacksPixels(bytes, scans, strictly)
            : format.name === "WebP" && webpLacksPixels(bytes);
        const isMissing = await Promise.resolve(lacks).catch((error) => {
          throw decodeFailure(bytes, format.name, error);
        });
        if (isMissing) throw decodeFailure(bytes, format.name, undefined);
      };
      let isStrict = true;
      const value = await decode(scans ? withEndLeftOpen(bytes, scans) : bytes, "warning").catch(
        // Not lost: a fault that matters comes up again here, one that does not is reported as a warning.
        async (error) => {
          isStrict = false;
          if (format.name === "TIFF") throw decodeFailure(bytes, format.name, error);
          await requireAll(false);
          return decode(firstFrame ?? bytes, isGif ? "warning" : "error").catch((cause) => {
            throw decodeFailure(bytes, format.name, cause);
          });
        },
      );
      if (isStrict) await requireAll(true);
      if (scans?.missing === "details") {
        return {
          value,
          warning: "the JPEG file lacks its last details, its picture is less sharp than it was",
        };
      }
      if (isGif && isCutShort("GIF", bytes)) {
        return { value, warning: "the GIF file ends early, its first picture is whole" };
      }
      return { value, warning: isStrict ? undefined : smallFaults(format.name) };
    },
  };
}

function hasAllScans({ endAt, missing }: JpegScans): boolean {
  return endAt !== undefined && missing !== "colours";
}

function isFilled(format: string, bytes: Buffer): boolean {
  return !isCutShort(format, bytes) && !hasHole(format, bytes);
}

/** A picture of a format that sharp does not read: its header is known, its pixels come with `render`. */
function pictureByPixels(
  format: string,
  { widthPx, heightPx, channels }: Omit<Pixels, "data">,
  decode: () => Promise<Pixels>,
): Picture {
  return {
    format,
    widthPx,
    heightPx,
    hasAlpha: channels === 4,
    render: async (pipeline) => {
      const pixels = await decode();
      const raw = { width: pixels.widthPx, height: pixels.heightPx, channels: pixels.channels as 3 | 4 };
      return {
        value: await pipeline(safeSharp(pixels.data, { raw, limitInputPixels: false })),
        warning: undefined,
      };
    },
  };
}

function smallFaults(format: string): string {
  return `the ${format} file has small faults, its picture was read all the same`;
}

/** Why a decoder failed, told by the file and by the decoder's words. */
function decodeFailure(bytes: Buffer, format: string, cause: unknown): ImageFailure {
  // libjpeg's and libvips' words.
  if (cause instanceof Error && /insufficient memory|out of memory|cannot allocate/i.test(cause.message)) {
    return new ImageFailure(
      "decoder_crashed",
      `there was not enough memory to decode the ${format} picture: close other programs and run again`,
      { cause },
    );
  }
  // Some downloads are given their full length first, and what did not come stays zero.
  const isShort =
    isCutShort(format, bytes) || (format === "WebP" && bytes.subarray(-512).every((byte) => byte === 0));
  return isShort
    ? new ImageFailure("truncated", `the ${format} file ends before its picture does`, { cause })
    : new ImageFailure("corrupt", `the ${format} file is damaged`, { cause });
}

function withArticle(name: string): string {
  const an = /^([aeiou]|(HTML|XML|RAR)\b)/i.test(name);
  return `${an ? "an" : "a"} ${name}`;
}

function withAdvice(sentence: string, advice: string | undefined): string {
  return advice === undefined ? sentence : `${sentence}: ${advice}`;
}
