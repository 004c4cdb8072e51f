import { useEffect, useReducer, useState } from "preact/hooks";
import { openUnitPages, type UnitPages } from "./unitPages.ts";

/** The listing of a query; until its first page is here, the listing before stays, so that nothing jumps. */
export function useUnitPages(
  runId: number,
  query: Readonly<Record<string, string>>,
): { readonly pages: UnitPages | undefined; readonly isWaiting: boolean } {
  const [shown, setShown] = useState<{ readonly pages: UnitPages; readonly key: string }>();
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const key = JSON.stringify([runId, query]);
  useEffect(() => {
    const pages = openUnitPages(runId, query, () => {
      setShown((before) => (before?.pages === pages ? before : { pages, key }));
      redraw(undefined);
    });
    return () => pages.close();
    // The key says all of the query.
  }, [key]);
  return { pages: shown?.pages, isWaiting: shown?.key !== key };
}
