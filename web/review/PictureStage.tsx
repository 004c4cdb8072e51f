import type { ComponentChildren } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { largeImageUrl } from "../shell/imageUrl.ts";
import type { Member } from "./reviewState.ts";

/** The picture, in a place that keeps its size whatever the picture's shape; the next ones wait behind it, fetched and decoded. */
export function PictureStage({
  members,
  onSettled,
  children,
}: {
  /** The one that is shown, then those to fetch. */
  readonly members: readonly Member[];
  /** A picture is ready to be seen, or known to be missing. */
  readonly onSettled: (position: number) => void;
  /** What lies over the picture. */
  readonly children: ComponentChildren;
}) {
  const [missing, setMissing] = useState<ReadonlySet<number>>(new Set());
  // A picture that failed is asked for again, as a new element, when its turn comes: the server may have been gone only for a moment.
  const [retries, setRetries] = useState<ReadonlyMap<number, number>>(new Map());
  const current = members[0];
  useLayoutEffect(() => {
    const position = current?.position;
    if (position === undefined || !missing.has(position)) return;
    setMissing((before) => new Set([...before].filter((other) => other !== position)));
    setRetries((before) => new Map([...before, [position, (before.get(position) ?? 0) + 1]]));
  }, [current?.position]);
  return (
    <figure class="stage">
      {members.map((member, index) => (
        <img
          key={`${member.position} ${retries.get(member.position) ?? 0}`}
          class={index === 0 ? "now" : "next"}
          src={largeImageUrl(member)}
          alt={index === 0 ? member.name : ""}
          aria-hidden={index === 0 ? undefined : "true"}
          hidden={missing.has(member.position)}
          onLoad={({ currentTarget }) => {
            const settle = () => onSettled(member.position);
            // Decoded now, it need not be when it is shown. One that cannot be decoded is shown as the browser can.
            currentTarget.decode().then(settle, settle);
          }}
          onError={() => {
            setMissing((before) => new Set([...before, member.position]));
            if (index === 0) onSettled(member.position);
          }}
        />
      ))}
      {current !== undefined && missing.has(current.position) && (
        <p class="missing">
          This picture cannot be shown. Perhaps it is not on this machine, or was moved or changed since it
          was classified. You can skip it.
        </p>
      )}
      {current !== undefined && (
        <figcaption class="unseen">
          <bdi>{current.name}</bdi>
        </figcaption>
      )}
      {children}
    </figure>
  );
}
