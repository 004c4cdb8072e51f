import { useState } from "preact/hooks";
import { fileName } from "../gallery/fileName.ts";
import { largeImageUrl, thumbnailUrl } from "../shell/imageUrl.ts";
import { ModalDialog } from "./ModalDialog.tsx";

/** A small picture of a unit, whose name stands beside it, and large when it is pressed; an empty place without an image. */
export function StudyThumbnail({
  imageId,
  unitId,
  name,
}: {
  readonly imageId: number | undefined;
  readonly unitId: number;
  readonly name: string;
}) {
  const [isLarge, setLarge] = useState(false);
  if (imageId === undefined) return <span class="thumbnail" />;
  const image = { imageId, unitId };
  return (
    <>
      <button
        type="button"
        class="thumbnail"
        aria-label={`Show large: ${fileName(name)}`}
        onClick={() => setLarge(true)}
      >
        <img src={thumbnailUrl(image, 192)} alt="" loading="lazy" decoding="async" />
      </button>
      {isLarge && (
        <ModalDialog heading={name} onClose={() => setLarge(false)}>
          <img class="large-picture" src={largeImageUrl(image)} alt={name} />
          <p class="version-buttons">
            <button type="button" onClick={() => setLarge(false)}>
              Close
            </button>
          </p>
        </ModalDialog>
      )}
    </>
  );
}
