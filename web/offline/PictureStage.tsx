import { useEffect, useMemo } from "preact/hooks";
import { offlinePictureId } from "../../src/validation/offlinePage.ts";

/** The picture of the image that is coded. @param index in the coder's order @param onSettled told when it is on the screen, or cannot be */
export function PictureStage({
  index,
  total,
  isSettled,
  onSettled,
  isDone,
}: {
  readonly index: number;
  readonly total: number;
  readonly isSettled: boolean;
  readonly onSettled: (index: number) => void;
  readonly isDone: boolean;
}) {
  // Read when it is shown: hundreds of pictures would fill the memory as addresses.
  const picture = useMemo(() => document.getElementById(offlinePictureId(index))?.textContent ?? "", [index]);
  useEffect(() => {
    if (picture === "") onSettled(index);
  }, [picture, index]);
  return (
    <figure class="stage" aria-busy={!isSettled}>
      {picture === "" ? (
        <p class="missing">This picture could not be put into the page. Code it as uncodable.</p>
      ) : (
        <img
          src={`data:image/jpeg;base64,${picture}`}
          alt={`To be coded: ${index + 1} of ${total}`}
          onLoad={() => onSettled(index)}
          onError={() => onSettled(index)}
        />
      )}
      <figcaption>
        {index + 1} / {total}
        {isDone && <b> All images are coded. Export your codings, and send the file back.</b>}
      </figcaption>
    </figure>
  );
}
