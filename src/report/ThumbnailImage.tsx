import type { OverviewImage } from "./overview.ts";

/** The picture of a card, whole and never enlarged, or a quiet note that there is none. */
export function ThumbnailImage({
  name,
  thumbnail,
  isAway,
}: Pick<OverviewImage, "name" | "thumbnail" | "isAway">) {
  if (thumbnail === undefined)
    return <div class="no-thumbnail">{isAway ? "not on this machine" : "no picture"}</div>;
  const { mimeType, base64, widthPx, heightPx } = thumbnail;
  return (
    <img
      class={heightPx > widthPx ? "tall" : undefined}
      src={`data:${mimeType};base64,${base64}`}
      alt={name}
      width={widthPx}
      height={heightPx}
    />
  );
}
