import { thumbnailUrl } from "../shell/imageUrl.ts";

/** A small picture of a unit, whose name stands beside it; an empty place for one that has no image. */
export function StudyThumbnail({
  imageId,
  unitId,
}: {
  readonly imageId: number | undefined;
  readonly unitId: number;
}) {
  return (
    <span class="thumbnail">
      {imageId !== undefined && (
        <img src={thumbnailUrl({ imageId, unitId }, 192)} alt="" loading="lazy" decoding="async" />
      )}
    </span>
  );
}
