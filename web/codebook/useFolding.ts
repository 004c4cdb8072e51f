import { useCallback, useRef, useState } from "preact/hooks";
import { useMediaQuery } from "./useMediaQuery.ts";

/** Below this width categories are folded, and one at a time is open. */
const narrow = "(max-width: 44rem)";

/** Which categories are open. On a wide screen all are that were not folded; on a phone the one that was opened. */
export function useFolding() {
  const isNarrow = useMediaQuery(narrow);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [openKey, setOpenKey] = useState<string>();
  const narrowNow = useRef(isNarrow);
  narrowNow.current = isNarrow;
  const isOpen = (key: string) => (isNarrow ? key === openKey : !folded.has(key));
  const unfold = useCallback((key: string) => {
    if (narrowNow.current) setOpenKey(key);
    else setFolded((before) => (before.has(key) ? without(before, key) : before));
  }, []);
  const toggle = useCallback((key: string) => {
    if (narrowNow.current) setOpenKey((before) => (before === key ? undefined : key));
    else setFolded((before) => (before.has(key) ? without(before, key) : new Set([...before, key])));
  }, []);
  return { isOpen, unfold, toggle };
}

function without(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set([...keys].filter((other) => other !== key));
}
