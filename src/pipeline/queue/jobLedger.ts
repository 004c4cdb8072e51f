import { UserError } from "../../errors.ts";
import type { JobPlace } from "../../queue/coordinatorQueue.ts";
import type { JobUnit, UnitResult } from "../../queue/jobForms.ts";
import { ownRootName } from "./roots.ts";

/** A job that is out. */
export interface Sent {
  readonly id: string;
  readonly place: JobPlace;
  readonly units: readonly JobUnit[];
  /** Workers that were lost with these units. */
  readonly deaths: number;
  /** Workers that could not read them, or failed for another reason. */
  readonly tries: number;
  /** Whether Redis did not have it when it was last asked. */
  isMissing: boolean;
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
  all(): readonly Sent[];
  /** Images that are out. */
  size(): number;
  /** Takes a job's results; what no worker has settled is out again, in new jobs. */
  settle(
    sent: Sent,
    outcomes: readonly UnitResult[],
  ): { readonly answers: readonly Settled[]; readonly again: readonly Sent[] };
  /** Its worker was lost: each unit is tried by itself, so that it shows which one it was. */
  lostOf(sent: Sent): {
    readonly again: readonly Sent[];
    readonly poison: readonly {
      readonly unit: JobUnit;
      readonly end: Extract<UnitResult, { kind: "failed" }>;
    }[];
  };
  /** Its worker failed. @throws UserError after too many */
  failedOf(sent: Sent, reason: string): readonly Sent[];
  /** Those that Redis has lost, to be put there again. @param missing ids */
  missedAgain(missing: readonly string[]): readonly Sent[];
}

/** A unit with which so many workers were lost is taken to be the reason. */
export const mostDeaths = 3;

/** So many workers may fail to read a unit, or to do a job. */
export const mostTries = 3;

/** @param hasLocalWorker whether the coordinator has one, which can read what the coordinator reads */
export function createLedger({ hasLocalWorker }: { readonly hasLocalWorker: boolean }): JobLedger {
  const out = new Map<string, Sent>();
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
  const leave = ({ id, units }: Sent) => {
    if (out.delete(id)) size -= units.length;
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
    all: () => [...out.values()],
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
      return { answers, again: unread.length > 0 ? [enter(unread, place, { tries: sent.tries + 1 })] : [] };
    },
    lostOf: (sent) => {
      leave(sent);
      const deaths = sent.deaths + 1;
      const [only, ...others] = sent.units;
      if (only !== undefined && others.length === 0 && deaths >= mostDeaths) {
        const sentence = `each of ${mostDeaths} workers was lost when it had this picture alone or among others`;
        return {
          again: [],
          poison: [{ unit: only, end: { kind: "failed", code: "decoder_crashed", sentence } }],
        };
      }
      const { place, tries } = sent;
      return { again: sent.units.map((unit) => enter([unit], place, { deaths, tries })), poison: [] };
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
        const isMissing = ids.has(sent.id);
        if (isMissing && sent.isMissing) again.push(sent);
        sent.isMissing = isMissing;
      }
      return again;
    },
  };
}
