import { useEffect, useRef, useState } from "preact/hooks";
import { thumbnailUrl } from "../shell/imageUrl.ts";
import { fitInto } from "./gridLayout.ts";

/** What of a unit its thumbnail needs. */
export interface ThumbnailUnit {
  readonly unitId: number;
  readonly imageId?: number | undefined;
  readonly widthPx?: number | undefined;
  readonly heightPx?: number | undefined;
  readonly failure?: { readonly sentence: string } | undefined;
}

/** A unit's picture in a square, its place kept free until it is here; where there is none it says so. */
export function Thumbnail({ unit, boxPx }: { readonly unit: ThumbnailUnit; readonly boxPx: number }) {
  const { imageId, unitId, widthPx = 1, heightPx = 1, failure } = unit;
  if (imageId === undefined) return <span class="no-picture">{failure?.sentence ?? "no picture"}</span>;
  const size = fitInto(boxPx, widthPx, heightPx);
  return <Picture key={imageId} address={thumbnailUrl({ imageId, unitId }, thumbnailPx(boxPx))} {...size} />;
}

/** The box that is sharp on this screen. */
function thumbnailPx(boxPx: number): 192 | 384 {
  return boxPx * devicePixelRatio > 192 * 1.1 ? 384 : 192;
}

function Picture({
  address,
  widthPx,
  heightPx,
}: {
  readonly address: string;
  readonly widthPx: number;
  readonly heightPx: number;
}) {
  const image = useRef<HTMLImageElement>(null);
  const [state, setState] = useState<"waiting" | "here" | "failed">("waiting");
  useEffect(() => {
    const element = image.current;
    // A picture that has scrolled away is not fetched any more.
    return () => element?.removeAttribute("src");
  }, [state === "failed"]);
  if (state === "failed") return <NotLoaded onSeenAgain={() => setState("waiting")} />;
  return (
    <img
      ref={image}
      src={address}
      class={state}
      alt=""
      width={widthPx}
      height={heightPx}
      decoding="async"
      draggable={false}
      onLoad={() => setState("here")}
      onError={() => setState("failed")}
    />
  );
}

/** In place of a picture that failed; it is asked for again when its place comes into sight. */
function NotLoaded({ onSeenAgain }: { readonly onSeenAgain: () => void }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    let wasOut = false;
    const observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting } of entries) {
        if (isIntersecting && wasOut) onSeenAgain();
        wasOut ||= !isIntersecting;
      }
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <span ref={place} class="no-picture">
      The picture cannot be loaded
    </span>
  );
}
