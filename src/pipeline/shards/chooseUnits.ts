import type { ListTally, Shard } from "../../store/indexingStore.ts";
import { keyDigest, shardOfDigest } from "./keyDigest.ts";
import { startListTally } from "./startListTally.ts";

/** Chooses the units of a shard while a list goes by, and tallies both. */
export interface UnitChoice {
  /** Whether the unit with this key is in the shard; asked once for every unit of the list. */
  wants(key: string): boolean;
  tallies(): { readonly list: ListTally; readonly part: ListTally };
}

/** @param shard undefined for the whole list @throws RangeError for a shard that does not exist */
export function chooseUnits(shard: Shard | undefined): UnitChoice {
  if (shard !== undefined) requireShard(shard);
  const list = startListTally();
  const part = startListTally();
  return {
    wants: (key) => {
      const digest = keyDigest(key);
      list.add(digest);
      if (shard !== undefined && shardOfDigest(digest, shard.of) !== shard.number) return false;
      part.add(digest);
      return true;
    },
    tallies: () => ({ list: list.tally(), part: part.tally() }),
  };
}

function requireShard({ number, of }: Shard): void {
  if (Number.isSafeInteger(of) && Number.isSafeInteger(number) && number >= 1 && number <= of) return;
  throw new RangeError(`shard ${number} of ${of}`);
}
