import type { Sharp, SharpOptions } from "sharp";
import { UserError } from "../errors.ts";
import { decodeBmp, readBmpSize } from "./decodeBmp.ts";
import { ImageFailure } from "./imageFailure.ts";
import { isCutShort } from "./isCutShort.ts";
import { defaultMaxPixels, requirePixels } from "./pixelLimit.ts";
import { safeSharp } from "./safeSharp.ts";
import { sniffFormat } from "./sniffFormat.ts";

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
      withAdvice(
        `the file is no image but ${/^(HTML|XML|unknown)/.test(format.name) ? "an" : "a"} ${format.name}`,
        format.advice,
      ),
    );
  }
  if (format.kind === "unsupported") {
    throw new ImageFailure(
      "unsupported_format",
      withAdvice(`${format.name} is not supported`, format.advice),
    );
  }
  if (format.name === "BMP") {
    const size = readBmpSize(bytes, maxPixels);
    return {
      format: "BMP",
      ...size,
      hasAlpha: false,
      render: async (pipeline) => {
        const { data, widthPx, heightPx } = decodeBmp(bytes, size);
        const raw = { width: widthPx, height: heightPx, channels: 3 } as const;
        return {
          value: await pipeline(safeSharp(data, { raw, limitInputPixels: false })),
          warning: undefined,
        };
      },
    };
  }
  const base: SharpOptions = { limitInputPixels: false, ignoreIcc: true, autoOrient: true };
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
      // Asked first: a decoder that needs the middle of a picture does not notice a missing end. A GIF's first frame may
      // be whole although the file is not.
      if (format.name !== "GIF" && isCutShort(format.name, bytes))
        throw decodeFailure(bytes, format.name, undefined);
      try {
        return {
          value: await pipeline(safeSharp(bytes, { ...base, failOn: "warning" })),
          warning: undefined,
        };
      } catch {
        // Not lost: a fault that matters comes up again below, one that does not is reported as a warning.
        const value = await pipeline(safeSharp(bytes, { ...base, failOn: "error" })).catch((error) => {
          throw decodeFailure(bytes, format.name, error);
        });
        if (isCutShort(format.name, bytes)) throw decodeFailure(bytes, format.name, undefined);
        return {
          value,
          warning: `the ${format.name} file has small faults, its picture was read all the same`,
        };
      }
    },
  };
}

/** @throws UserError where the picture is not to blame */
function decodeFailure(bytes: Buffer, format: string, cause: unknown): ImageFailure {
  // libjpeg's and libvips' words.
  if (cause instanceof Error && /insufficient memory|out of memory|cannot allocate/i.test(cause.message)) {
    throw new UserError(`there is not enough memory to decode a ${format} picture`, {
      hint: "use a smaller --batch-size, close other programs, or leave such pictures out with --max-megapixels",
      cause,
    });
  }
  return isCutShort(format, bytes)
    ? new ImageFailure("truncated", `the ${format} file ends before its picture does`, { cause })
    : new ImageFailure("corrupt", `the ${format} file is damaged`, { cause });
}

function withAdvice(sentence: string, advice: string | undefined): string {
  return advice === undefined ? sentence : `${sentence}: ${advice}`;
}
