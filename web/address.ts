import { useEffect, useState } from "preact/hooks";

/** The page's address: where the app's state lives, so that it can be shared, reloaded, and gone back to. */
export interface Address {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Told of every change of the address. */
const listeners = new Set<() => void>();

function current(): Address {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

/** The address; the component is drawn anew when it changes. */
export function useAddress(): Address {
  const [address, setAddress] = useState(current);
  useEffect(() => {
    const listener = () => setAddress(current());
    listeners.add(listener);
    addEventListener("popstate", listener);
    return () => {
      listeners.delete(listener);
      removeEventListener("popstate", listener);
    };
  }, []);
  return address;
}

/** Changes to a query: undefined takes a key out. */
export type QueryChanges = Readonly<Record<string, string | number | undefined>>;

/** An address of the app with some keys of a query. */
export function hrefOf(path: string, changes: QueryChanges = {}, base?: URLSearchParams): string {
  const query = new URLSearchParams(base);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined || value === "") query.delete(key);
    else query.set(key, String(value));
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Goes to an address of the app; with `replace` the way back skips the present one. */
export function goTo(href: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  for (const listener of listeners) listener();
}

/** Changes keys of the present query. */
export function changeQuery(changes: QueryChanges, options: { readonly replace?: boolean } = {}): void {
  goTo(hrefOf(location.pathname, changes, new URLSearchParams(location.search)), options);
}
