import { useEffect, useState } from "preact/hooks";
import { ApiError, answer } from "../api.ts";
import { largeImageUrl, thumbnailUrl } from "../shell/imageUrl.ts";
import type { UnitAnswer } from "./galleryAnswers.ts";

/** A small picture is enlarged until its longer side has so many pixels: on screens of today it would be a stamp. */
const leastLongPx = 480;

/** Each side of the place for a picture whose size the study does not know, because its embedding was made elsewhere. */
const unknownPx = 768;

/** A unit's picture as large as there is room, its thumbnail until it is here. */
export function LargePicture({ unit }: { readonly unit: UnitAnswer }) {
  const { imageId, unitId, widthPx = unknownPx, heightPx = unknownPx, failure } = unit;
  if (imageId === undefined) {
    return (
      <div class="stage">
        <p class="no-picture">
          {failure === undefined ? "no picture" : `${failure.code.replaceAll("_", " ")}: ${failure.sentence}`}
        </p>
      </div>
    );
  }
  const longPx = Math.max(widthPx, heightPx);
  const shownWidthPx = Math.round(widthPx * Math.max(1, leastLongPx / longPx));
  return (
    <div class="stage">
      <span
        class="frame"
        style={{
          aspectRatio: `${widthPx} / ${heightPx}`,
          width: `min(100%, ${shownWidthPx}px, calc(var(--stage-height) * ${widthPx / heightPx}))`,
        }}
      >
        <Pictures key={imageId} unitId={unitId} imageId={imageId} name={unit.name} />
      </span>
    </div>
  );
}

function Pictures({
  unitId,
  imageId,
  name,
}: {
  readonly unitId: number;
  readonly imageId: number;
  readonly name: string;
}) {
  const [state, setState] = useState<"waiting" | "here" | "failed">("waiting");
  const address = largeImageUrl({ imageId, unitId });
  if (state === "failed") return <WhyNot address={address} />;
  return (
    <>
      {state === "waiting" && <img src={thumbnailUrl({ imageId, unitId }, 384)} alt="" class="preview" />}
      <img
        src={address}
        class={state}
        alt={name}
        onLoad={() => setState("here")}
        onError={() => setState("failed")}
      />
    </>
  );
}

/** A picture that cannot be loaded does not say why: the server does, when it is asked once more. */
function WhyNot({ address }: { readonly address: string }) {
  const [reason, setReason] = useState<ApiError>();
  useEffect(() => {
    answer(fetch(address)).then(
      () => setReason(undefined),
      (error: unknown) => setReason(error instanceof ApiError ? error : undefined),
    );
  }, [address]);
  return (
    <span class="no-picture" role="alert">
      The picture cannot be shown{reason !== undefined && `: ${reason.message}`}.
      {reason?.body.hint !== undefined && ` ${reason.body.hint}`}
    </span>
  );
}
