import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CodingImage } from "./codingState.ts";

/** What became of a picture: it is on the screen, or the server says that it cannot be shown. */
export type PictureState = "shown" | "missing";

type Trouble = "missing" | "unreachable" | "elsewhere";

/** While the server is away, a picture is asked for again so often. */
const againMs = 2000;

/** The picture, in a place that keeps its size whatever the picture's shape; the next ones wait behind it, fetched and decoded. */
export function CodeStage({
  link,
  images,
  label,
  isReachable,
  onSettled,
  children,
}: {
  readonly link: string;
  /** The one that is shown, then those to fetch. */
  readonly images: readonly CodingImage[];
  /** What a screen reader says of the picture: never what it is called. */
  readonly label: string;
  /** The server has answered lately. */
  readonly isReachable: boolean;
  readonly onSettled: (at: number, state: PictureState) => void;
  /** What lies over the picture. */
  readonly children: ComponentChildren;
}) {
  const [troubles, setTroubles] = useState<ReadonlyMap<number, Trouble>>(new Map());
  const [attempts, setAttempts] = useState<ReadonlyMap<number, number>>(new Map());
  const at = images[0]?.at;
  const trouble = at === undefined ? undefined : troubles.get(at);
  const addressOf = (image: number) => `/api/coding/${encodeURIComponent(link)}/images/${image}`;
  const again = (image: number) => {
    setTroubles((before) => new Map([...before].filter(([other]) => other !== image)));
    setAttempts((before) => new Map([...before, [image, (before.get(image) ?? 0) + 1]]));
  };
  useEffect(() => {
    if (at === undefined || (trouble !== "unreachable" && trouble !== "elsewhere")) return;
    const timer = setTimeout(() => again(at), isReachable && trouble === "unreachable" ? 0 : againMs);
    return () => clearTimeout(timer);
  }, [at, trouble, isReachable]);
  const explain = async (image: number) => {
    // The picture's own event does not tell a server that is away from a picture that is.
    const answered = await fetch(addressOf(image)).catch(() => undefined);
    const found = troubleOf(answered?.status);
    if (found === "missing") onSettled(image, "missing");
    setTroubles((before) => new Map([...before, [image, found]]));
  };
  return (
    <figure class="stage">
      {images.map((image, index) => (
        <img
          key={`${image.at} ${attempts.get(image.at) ?? 0}`}
          class={index === 0 ? "now" : "next"}
          src={addressOf(image.at)}
          alt={index === 0 ? label : ""}
          aria-hidden={index === 0 ? undefined : "true"}
          hidden={troubles.has(image.at)}
          onLoad={({ currentTarget }) => {
            const settle = () => onSettled(image.at, "shown");
            // Decoded now, it need not be when it is shown. One that cannot be decoded is shown as the browser can.
            currentTarget.decode().then(settle, settle);
          }}
          onError={() => void explain(image.at)}
        />
      ))}
      {trouble === "missing" && (
        <p class="missing">
          This picture cannot be shown. Perhaps it is not on the researcher's machine, or was moved there. Go
          on with the next one and tell the researcher, or call it uncodable.
        </p>
      )}
      {trouble === "elsewhere" && (
        <p class="missing">
          The server shows another study now, or your link was removed. The picture comes when the right study
          is served again.
        </p>
      )}
      {trouble === "unreachable" && (
        <p class="missing">The server does not answer. The picture comes as soon as it does.</p>
      )}
      {children}
    </figure>
  );
}

/** A link that is not known is no picture that is missing: the server may show another study. */
function troubleOf(status: number | undefined): Trouble {
  if (status === 404) return "elsewhere";
  return status !== undefined && status >= 400 && status < 500 ? "missing" : "unreachable";
}
