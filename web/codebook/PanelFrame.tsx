import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { goTo, useAddress } from "../address.ts";
import { Link } from "../shell/Link.tsx";
import { type PanelName, panelHref, panelLinkId } from "./panels.ts";

/** What stands beside the board, with its heading and the way to close it. */
export function PanelFrame({
  panel,
  heading,
  children,
}: {
  readonly panel: PanelName;
  readonly heading: string;
  readonly children: ComponentChildren;
}) {
  const { query } = useAddress();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Who opened it goes on in it; a page that was just loaded stays at its top.
    if (document.activeElement !== document.body) title.current?.focus();
  }, []);
  return (
    <aside
      class="panel"
      aria-labelledby="panel-heading"
      onKeyDown={(event) => {
        // In a field Escape is the field's.
        if (event.key !== "Escape" || (event.target as Element).closest("input, dialog") !== null) return;
        goTo(panelHref(query, undefined));
        document.getElementById(panelLinkId(panel))?.focus();
      }}
    >
      <header class="panel-head">
        <h2 id="panel-heading" ref={title} tabIndex={-1}>
          {heading}
        </h2>
        <Link
          class="panel-close"
          href={panelHref(query, undefined)}
          aria-label={`Close: ${heading}`}
          onClick={() => document.getElementById(panelLinkId(panel))?.focus()}
        >
          <span aria-hidden="true">×</span>
        </Link>
      </header>
      {children}
    </aside>
  );
}
