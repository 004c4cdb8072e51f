import { UserError } from "../../errors.ts";
import type { JobPlace } from "../../queue/coordinatorQueue.ts";
import type { JobUnit, UnitResult } from "../../queue/jobForms.ts";
import { deathsNeeded, fewestDeaths } from "./deathsNeeded.ts";
import { ownRootName } from "./roots.ts";

/** A job that is out. */
export interface Sent {
  readonly id: string;
  readonly place: JobPlace;
  readonly units: readonly JobUnit[];
  /** Workers that were lost with these units; from the first one on it is a single unit, which a worker has to itself. */
  readonly deaths: number;
  /** Workers that could not read them, or failed for another reason. */
  readonly tries: number;
  /** Whether Redis did not have it when it was last asked. */
  isMissing: boolean;
}

/** An image that ends workers. */
export interface Poison {
  readonly unit: JobUnit;
  readonly end: Extract<UnitResult, { kind: "failed" }>;
}

/** What came of one unit for good. @property index its place in the job */
export interface Settled {
  readonly unit: JobUnit;
  readonly index: number;
  readonly end: Extract<UnitResult, { kind: "embedded" | "failed" }>;
}

/** Which jobs are out, and what becomes of those that do not come back as they should. */
export interface JobLedger {
  /** New jobs for units, which are out from now on. */
  send(units: readonly JobUnit[]): readonly Sent[];
  find(id: string): Sent | undefined;
  /** Those that Redis should have. */
  inRedis(): readonly Sent[];
  /** Images that are out. */
  size(): number;
  /** Takes a job's results; what no worker has settled is out again, in new jobs. */
  settle(
    sent: Sent,
    outcomes: readonly UnitResult[],
  ): { readonly answers: readonly Settled[]; readonly again: readonly Sent[] };
  /**
   * Its worker was lost: each unit is tried by itself, so that it shows which one it was.
   * @param isBegun whether the worker had begun with it; else nothing is learnt
   */
  lostOf(sent: Sent, isBegun: boolean): readonly Sent[];
  /**
   * What becomes of images with which many workers were lost. Nothing, until no other is out: then it is known best whether
   * something else ends workers, too, and so whether one is the reason or is tried again.
   */
  decide(): { readonly again: readonly Sent[]; readonly poison: readonly Poison[] };
  /** Its worker failed. @throws UserError after too many */
  failedOf(sent: Sent, reason: string): readonly Sent[];
  /** Those that Redis has lost, to be put there again. @param missing ids */
  missedAgain(missing: readonly string[]): readonly Sent[];
}

/** So many workers may fail to read a unit, or to do a job. */
export const mostTries = 3;

/** @param hasLocalWorker whether the coordinator has one, which can read what the coordinator reads */
export function createLedger({ hasLocalWorker }: { readonly hasLocalWorker: boolean }): JobLedger {
  const out = new Map<string, Sent>();
  /** Of those that are out: what is to be decided about. */
  const held = new Set<Sent>();
  const innocent = { trials: 0, losses: 0 };
  let next = 0;
  let size = 0;
  const enter = (
    units: readonly JobUnit[],
    place: JobPlace,
    { deaths = 0, tries = 0 }: { deaths?: number; tries?: number } = {},
  ): Sent => {
    const sent = { id: `job-${next++}`, place, units, deaths, tries, isMissing: false };
    out.set(sent.id, sent);
    size += units.length;
    return sent;
  };
  const leave = (sent: Sent) => {
    held.delete(sent);
    if (out.delete(sent.id)) size -= sent.units.length;
  };
  return {
    send: (units) => {
      const own = units.filter(({ root }) => root === ownRootName);
      const shared = units.filter(({ root }) => root !== ownRootName);
      return [
        ...(shared.length > 0 ? [enter(shared, "jobs")] : []),
        ...(own.length > 0 ? [enter(own, "local")] : []),
      ];
    },
    find: (id) => out.get(id),
    inRedis: () => [...out.values()].filter((sent) => !held.has(sent)),
    size: () => size,
    settle: (sent, outcomes) => {
      leave(sent);
      const answers: Settled[] = [];
      const unread: JobUnit[] = [];
      const place: JobPlace = hasLocalWorker ? "local" : "jobs";
      const isLastTry = sent.tries + 1 >= mostTries || sent.place === "local";
      sent.units.forEach((unit, index) => {
        const end = outcomes[index] as UnitResult;
        if (end.kind !== "unreachable") answers.push({ unit, index, end });
        else if (isLastTry) answers.push({ unit, index, end: { ...end, kind: "failed" } });
        else unread.push(unit);
      });
      const { deaths } = sent;
      if (unread.length > 0)
        return { answers, again: [enter(unread, place, { deaths, tries: sent.tries + 1 })] };
      innocent.trials += deaths;
      innocent.losses += Math.max(0, deaths - 1);
      return { answers, again: [] };
    },
    lostOf: (sent, isBegun) => {
      leave(sent);
      const { place, tries, units } = sent;
      if (!isBegun) return [enter(units, place, sent)];
      const deaths = sent.deaths + 1;
      const alone = units.map((unit) => enter([unit], place, { deaths, tries }));
      if (deaths < fewestDeaths) return alone;
      for (const one of alone) held.add(one);
      return [];
    },
    decide: () => {
      if (held.size === 0 || held.size < out.size) return { again: [], poison: [] };
      const needed = deathsNeeded(innocent);
      const again: Sent[] = [];
      const poison: Poison[] = [];
      for (const sent of [...held]) {
        leave(sent);
        const { units, place, deaths } = sent;
        if (deaths < needed) again.push(enter(units, place, sent));
        else poison.push(...units.map((unit) => ({ unit, end: crashed(deaths) })));
      }
      return { again, poison };
    },
    failedOf: (sent, reason) => {
      leave(sent);
      const tries = sent.tries + 1;
      if (tries >= mostTries) {
        throw new UserError(`${mostTries} workers failed at the same pictures: ${reason}`, {
          hint: "what is embedded is stored; look at the workers' messages, then run the same command again",
        });
      }
      return [enter(sent.units, sent.place, { deaths: sent.deaths, tries })];
    },
    missedAgain: (missing) => {
      const ids = new Set(missing);
      const again: Sent[] = [];
      for (const sent of out.values()) {
        if (held.has(sent)) continue;
        const isMissing = ids.has(sent.id);
        if (isMissing && sent.isMissing) again.push(sent);
        sent.isMissing = isMissing;
      }
      return again;
    },
  };
}

function crashed(deaths: number): Poison["end"] {
  const sentence = `each of ${deaths} workers was lost when it had this picture`;
  return { kind: "failed", code: "decoder_crashed", sentence };
}
