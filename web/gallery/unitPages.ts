import { answer, api } from "../api.ts";
import type { UnitCard } from "./galleryAnswers.ts";

/** Units that are fetched at once. */
const pageSize = 100;

/** Pages that are remembered: those furthest from what is in sight go first. */
const mostPages = 60;

/** So long something has to stay in sight before it is asked for, so that what a fast scroll passes is not. */
const restMs = 60;

/** A part of a listing, both ends included. */
export interface UnitRange {
  readonly first: number;
  readonly last: number;
}

/** One listing, of which the parts that somebody wants are fetched. */
export interface UnitPages {
  /** Units in the listing; undefined until the first page is here. */
  readonly total: number | undefined;
  /** Why the part that was asked for last is not here. */
  readonly error: Error | undefined;
  /** Asks again for what is not here. */
  retry(): void;
  maybeCard(index: number): UnitCard | undefined;
  /** Says which part `whose` needs now; what nobody needs any more is not fetched. */
  want(whose: string, range: UnitRange): void;
  /** Where a unit is in the listing; undefined where it is not in it. */
  placeOf(position: number): Promise<number | undefined>;
  close(): void;
}

/**
 * Opens a listing and fetches its first page.
 * @param query as `listingQuery` gives it
 * @param onChange told whenever something has come or failed
 */
export function openUnitPages(
  runId: number,
  query: Readonly<Record<string, string>>,
  onChange: () => void,
): UnitPages {
  const closed = new AbortController();
  const pages = new Map<number, readonly UnitCard[]>();
  const loading = new Map<number, AbortController>();
  const wanted = new Map<string, UnitRange>();
  let total: number | undefined;
  let error: Error | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (more: Readonly<Record<string, string>>, signal: AbortSignal) =>
    answer(
      api.runs[":run"].units.$get(
        { param: { run: String(runId) }, query: { ...query, ...more } },
        { init: { signal } },
      ),
    );
  const isWanted = (page: number) =>
    [...wanted.values()].some(
      ({ first, last }) => page >= Math.floor(first / pageSize) && page <= Math.floor(last / pageSize),
    );
  const load = (page: number) => {
    const abort = new AbortController();
    loading.set(page, abort);
    const more = { from: String(page * pageSize), limit: String(pageSize) };
    ask(more, AbortSignal.any([abort.signal, closed.signal])).then(
      (found) => {
        if (closed.signal.aborted || abort.signal.aborted) return;
        loading.delete(page);
        pages.set(page, found.items);
        total = found.total;
        error = undefined;
        forgetFarPages(page);
        onChange();
      },
      (reason: unknown) => {
        if (closed.signal.aborted || abort.signal.aborted) return;
        loading.delete(page);
        error = reason instanceof Error ? reason : new Error(String(reason));
        onChange();
      },
    );
  };
  const forgetFarPages = (page: number) => {
    const far = [...pages.keys()].sort((a, b) => Math.abs(b - page) - Math.abs(a - page));
    for (const key of far.slice(0, Math.max(0, far.length - mostPages)))
      if (!isWanted(key)) pages.delete(key);
  };
  const loadWanted = () => {
    for (const [page, abort] of loading) {
      // The first page tells how many there are.
      if (total === undefined || isWanted(page)) continue;
      abort.abort();
      loading.delete(page);
    }
    for (const { first, last } of wanted.values()) {
      for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++)
        if (!pages.has(page) && !loading.has(page)) load(page);
    }
  };
  load(0);
  return {
    get total() {
      return total;
    },
    get error() {
      return error;
    },
    retry: () => {
      if (total === undefined) load(0);
      else loadWanted();
    },
    maybeCard: (index) => pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    want: (whose, { first, last }) => {
      const end = total === undefined ? last : Math.min(last, total - 1);
      const range = { first: Math.max(0, Math.min(first, end)), last: end };
      const before = wanted.get(whose);
      if (end < 0 || (before?.first === range.first && before.last === range.last)) return;
      wanted.set(whose, range);
      clearTimeout(timer);
      timer = setTimeout(loadWanted, restMs);
    },
    placeOf: async (position) => {
      const found = await ask({ near: String(position), limit: "1" }, closed.signal);
      return found.place;
    },
    close: () => {
      clearTimeout(timer);
      closed.abort();
    },
  };
}
