import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useAddress } from "../address.ts";
import { Link } from "../shell/Link.tsx";
import { panelHref } from "./panels.ts";

/** What stands beside the board, with its heading and the way to close it. */
export function PanelFrame({
  heading,
  children,
}: {
  readonly heading: string;
  readonly children: ComponentChildren;
}) {
  const { query } = useAddress();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Who opened it goes on in it; a page that was just loaded stays at its top.
    if (document.activeElement !== document.body) title.current?.focus({ preventScroll: true });
  }, []);
  return (
    <aside class="panel" aria-labelledby="panel-heading">
      <header class="panel-head">
        <h2 id="panel-heading" ref={title} tabIndex={-1}>
          {heading}
        </h2>
        <Link class="panel-close" href={panelHref(query, undefined)} aria-label={`Close: ${heading}`}>
          <span aria-hidden="true">×</span>
        </Link>
      </header>
      {children}
    </aside>
  );
}
