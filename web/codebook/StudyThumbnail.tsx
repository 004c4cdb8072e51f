import { thumbnailUrl } from "../shell/imageUrl.ts";

/** A small picture of a unit; of one that has no image, its name alone. */
export function StudyThumbnail({
  imageId,
  unitId,
  name,
}: {
  readonly imageId: number | undefined;
  readonly unitId: number;
  readonly name: string;
}) {
  if (imageId === undefined) return <span class="thumbnail" />;
  return (
    <span class="thumbnail">
      <img src={thumbnailUrl({ imageId, unitId }, 192)} alt={name} loading="lazy" decoding="async" />
    </span>
  );
}
