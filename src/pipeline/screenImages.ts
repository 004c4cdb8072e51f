import { sharedDecoders } from "../images/decoding/sharedDecoders.ts";
import { ImageFailure } from "../images/imageFailure.ts";
import { openUnitReader } from "../images/unitReader.ts";
import type { Study } from "../store/openStudy.ts";
import type { ThumbnailCache } from "../store/thumbnailCache.ts";
import { openNewestFirst } from "./newestFirst.ts";
import { workOnImage } from "./workOnImage.ts";

/** An image, and the unit whose file is read to show it. */
export interface ImageOfUnit {
  readonly imageId: number;
  readonly unitId: number;
}

/** Images of a study as JPEG, for screens. */
export interface ScreenImages {
  /**
   * A whole image in a square of so many pixels, made once.
   * @throws ImageUnavailable
   * @throws the signal's reason when aborted
   */
  thumbnailOf(image: ImageOfUnit, boxPx: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** A whole image as large as a screen shows it, made anew each time. @throws as `thumbnailOf` does */
  largeOf(image: ImageOfUnit, signal?: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** An image that cannot be shown; the message is a sentence without any path. */
export class ImageUnavailable extends Error {
  /** `unknown`: the study has no such image or unit; `gone`: no file, or none with this image, is where it was. */
  readonly reason: "unknown" | "gone" | "forbidden";

  constructor(reason: ImageUnavailable["reason"], message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = "ImageUnavailable";
    this.reason = reason;
  }
}

/** As many as there are decoders at most. */
const atOnce = 4;

/** Neither side of a large image is longer: as wide as most screens. */
const largePx = 2048;

/** The user's pixel limit let it pass when it was classified. */
const unlimited = { maxPixels: Number.POSITIVE_INFINITY };

/** Nothing is read before it is asked for. */
export function openScreenImages(study: Study, cache: ThumbnailCache): ScreenImages {
  const decoders = sharedDecoders();
  const reader = openUnitReader();
  const jobs = openNewestFirst<Uint8Array>(atOnce);
  const fileOf = ({ imageId, unitId }: ImageOfUnit) => {
    const file = study.units.maybeFileOf(imageId, unitId);
    if (file !== undefined) return file;
    throw new ImageUnavailable("unknown", `the study has no image ${imageId} of a unit ${unitId}`);
  };
  return {
    thumbnailOf: async (image, boxPx, signal) => {
      const file = fileOf(image);
      const kept = cache.maybeGet(file.sha256, boxPx);
      if (kept !== undefined) return kept;
      const make = () =>
        explainingFailure(async () => {
          const thumbnail = (bytes: Buffer) => decoders.thumbnail(bytes, boxPx, unlimited);
          const { bytes } = await workOnImage(reader, file, thumbnail);
          cache.save(file.sha256, boxPx, bytes);
          return bytes;
        });
      return jobs.get(keyOf(image, boxPx), make, signal);
    },
    largeOf: async (image, signal) => {
      const file = fileOf(image);
      const make = () =>
        explainingFailure(async () => {
          const screenJpeg = (bytes: Buffer) => decoders.screenJpeg(bytes, largePx, unlimited);
          return (await workOnImage(reader, file, screenJpeg)).bytes;
        });
      return jobs.get(keyOf(image, largePx), make, signal);
    },
    close: async () => {
      await reader.close();
      cache.close();
    },
  };
}

function keyOf({ imageId, unitId }: ImageOfUnit, boxPx: number): string {
  return `${imageId} ${unitId} ${boxPx}`;
}

async function explainingFailure<To>(make: () => Promise<To>): Promise<To> {
  try {
    return await make();
  } catch (cause) {
    if (!(cause instanceof ImageFailure)) throw cause;
    const reason = cause.code === "permission_denied" ? "forbidden" : "gone";
    throw new ImageUnavailable(reason, cause.message, { cause });
  }
}
