import { codebookPhrases } from "../../codebook/codebook.ts";
import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import { filterUnits } from "./filterUnits.ts";
import { matchNames } from "./matchNames.ts";
import { orderUnits, type UnitOrder, type UnitRankers } from "./orderUnits.ts";
import { openRecentlyUsed } from "./recentlyUsed.ts";
import { loadRunColumns, type RunColumns } from "./runColumns.ts";
import { cardMaker, type UnitCard } from "./unitCard.ts";
import { type UnitQuery, unitQueryDefaults } from "./unitQuery.ts";
import { filterByVerdict, readUnitVerdicts, type UnitVerdicts } from "./unitVerdicts.ts";

/** A part of a listing. */
export interface UnitPage {
  /** Units in the whole listing. */
  readonly total: number;
  readonly items: readonly UnitCard[];
  /** Where in the listing the unit is that was asked for by `near`, from 0; undefined where it is not in it. */
  readonly place: number | undefined;
}

/** Lists the units of completed runs, which never change: what was read and sorted once is kept for the next page. */
export interface UnitLister {
  /** @throws UserError for a category, phrase or unit that the run does not have, and as `orderUnits` does */
  list(run: Run, query: UnitQuery): Promise<UnitPage>;
}

// A million units take 24 MB as columns, up to 8 as an order and 4 as a listing.
const mostRuns = 2;
const mostOrders = 6;
const mostNames = 4;
const mostListings = 12;
const mostVerdicts = 4;

/** Nothing is read before it is asked for. */
export function openUnitLister(study: Study, rankers: UnitRankers): UnitLister {
  const runs = openRecentlyUsed<RunColumns>(mostRuns);
  const orders = openRecentlyUsed<UnitOrder>(mostOrders);
  const names = openRecentlyUsed<Uint8Array>(mostNames);
  const listings = openRecentlyUsed<Int32Array>(mostListings);
  const judged = openRecentlyUsed<UnitVerdicts>(mostVerdicts);
  const list = async (run: Run, query: UnitQuery): Promise<UnitPage> => {
    const { category, phrase, least, most, name, state, verdict, reviewer, find, like } = query;
    const { sort = unitQueryDefaults.sort, seed = unitQueryDefaults.seed } = query;
    const keyOf = (...parts: readonly unknown[]) => JSON.stringify([run.id, ...parts]);
    const columns = await runs.get(keyOf(), () => loadRunColumns(study, run.id));
    const orderKey = find ?? like ?? (sort === "random" ? [sort, seed] : [sort]);
    const order = await orders.get(keyOf(orderKey), () =>
      orderUnits(study, run, columns, { sort, seed, find, like }, rankers),
    );
    const filter = { category, phrase, least, most, name, state };
    const unjudged = await listings.get(keyOf(orderKey, filter), async () => {
      const matches =
        name && (await names.get(keyOf(name), () => matchNames(study, run.id, columns.count, name)));
      return filterUnits(columns, order.positions, filter, matches || undefined);
    });
    // By the version a verdict that was added a moment ago is seen; read first, so that it is never newer than what it stands for.
    const version = study.units.verdictVersion();
    const verdicts = await judged.get(keyOf(reviewer, version), async () =>
      readUnitVerdicts(study, run.id, reviewer),
    );
    const positions =
      verdict === undefined
        ? unjudged
        : await listings.get(keyOf(orderKey, filter, verdict, reviewer, version), async () =>
            filterByVerdict(unjudged, verdicts, verdict),
          );
    const { from = 0, limit = unitQueryDefaults.limit, near } = query;
    const place = near === undefined ? -1 : positions.indexOf(near);
    const toCard = cardMaker(run.codebook);
    const rows = study.units.rowsAt(run.id, [...positions.subarray(from, from + limit)]);
    return {
      total: positions.length,
      items: rows.map((row) =>
        toCard(row, {
          cosine: order.cosines?.[row.position],
          verdict: verdicts.newest.get(row.position),
        }),
      ),
      place: place < 0 ? undefined : place,
    };
  };
  return {
    list: async (run, query) => {
      requireInRun(study, run, query);
      return list(run, query);
    },
  };
}

/** @throws UserError */
function requireInRun(study: Study, run: Run, { category, phrase, like }: UnitQuery): void {
  const { categories } = run.codebook;
  if (category !== undefined && categories[category] === undefined)
    throw new UserError(`run ${run.id} has no category ${category}`, { hint: "choose one of the list" });
  const phraseCount = codebookPhrases(run.codebook).length;
  if (phrase !== undefined && !(phrase >= 0 && phrase < phraseCount))
    throw new UserError(`run ${run.id} has no phrase ${phrase}`, { hint: "choose one of the list" });
  if (like !== undefined && !(like >= 0 && like < study.units.count(run.id)))
    throw new UserError(`run ${run.id} has no unit ${like}`, { hint: "choose one of the gallery" });
}
