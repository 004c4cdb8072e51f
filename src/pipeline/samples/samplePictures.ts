import { join } from "node:path";
import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { NamedMember, Sample } from "../../store/sampleStore.ts";
import { openThumbnailCache } from "../../store/thumbnailCache.ts";
import { ImageUnavailable, openScreenImages } from "../screenImages.ts";

/** What may be said about the making of pictures. */
export interface SamplePicturesOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told of how many pictures were made. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A sample's pictures, to be put into a file. */
export interface SamplePictures {
  /** Base64 JPEG by place; undefined for an image that cannot be read. */
  readonly pictures: readonly (string | undefined)[];
  /** No side is longer. */
  readonly boxPx: number;
}

/** Base64 characters of all pictures together: what is larger does not open on many machines. */
const mostCharacters = 200_000_000;

/** As many as there are decoders at most. */
const atOnce = 4;

/** Longest side of each of so many pictures: a file with the largest samples still opens on a laptop. */
export function pictureBoxPx(images: number): number {
  if (images <= 300) return 640;
  return images <= 1000 ? 480 : 320;
}

/**
 * The pictures of a sample's images, large enough to be judged, small enough for one file.
 * @param members in the order of places
 * @throws UserError for a sample that is too large for a file
 * @throws the signal's reason when aborted
 */
export async function samplePictures(
  study: Study,
  sample: Sample,
  members: readonly NamedMember[],
  { signal, onProgress }: SamplePicturesOptions = {},
): Promise<SamplePictures> {
  const boxPx = pictureBoxPx(members.length);
  // Thumbnails that cannot be kept are made anew the next time, and nothing else changes.
  const cache = openThumbnailCache(join(study.directory, "clipbook.thumbnails.db"), () => undefined);
  const images = openScreenImages(study, cache);
  const maybePicture = async (member: NamedMember) => {
    try {
      return Buffer.from(await images.thumbnailOf(member, boxPx, signal)).toString("base64");
    } catch (error) {
      if (error instanceof ImageUnavailable) return undefined;
      throw error;
    }
  };
  const pictures: (string | undefined)[] = [];
  let characters = 0;
  try {
    for (let at = 0; at < members.length; at += atOnce) {
      const made = await Promise.all(members.slice(at, at + atOnce).map(maybePicture));
      pictures.push(...made);
      characters += made.reduce((sum, picture) => sum + (picture?.length ?? 0), 0);
      if (characters > mostCharacters) {
        throw new UserError(
          `sample "${sample.name}" is too large for a file: its pictures take over 200 MB`,
          {
            hint: "draw a smaller sample, or code it in the app: clipbook serve",
          },
        );
      }
      onProgress?.(pictures.length, members.length);
    }
    return { pictures, boxPx };
  } finally {
    await images.close();
  }
}
