import { useEffect, useState } from "preact/hooks";

/** What this tab may do. */
export interface Access {
  /** The token of the server that was started last; undefined: the tab can look at most. */
  readonly token: string | undefined;
  /** Why the address that was opened did not do, and what to do; undefined where none was tried or it did. */
  readonly problem: string | undefined;
}

let access: Access = { token: undefined, problem: undefined };
const listeners = new Set<(access: Access) => void>();

/** What this tab may do now. */
export function currentAccess(): Access {
  return access;
}

/** Changes it, and tells everybody who shows it. */
export function changeAccess(changes: Partial<Access>): void {
  access = { ...access, ...changes };
  for (const listener of listeners) listener(access);
}

/** What this tab may do; the component is drawn anew when it changes. */
export function useAccess(): Access {
  const [known, setKnown] = useState(access);
  useEffect(() => {
    listeners.add(setKnown);
    setKnown(access);
    return () => void listeners.delete(setKnown);
  }, []);
  return known;
}
