import type { ComponentProps } from "preact";
import { goTo } from "../address.ts";

/** A link to another address of the app, which does not load the page anew. */
export function Link({ href, onClick, ...rest }: ComponentProps<"a"> & { readonly href: string }) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        onClick?.(event);
        // With a modifier the browser opens a new tab or window, as the user wants.
        if (event.defaultPrevented || event.button !== 0) return;
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        goTo(href);
      }}
    />
  );
}
