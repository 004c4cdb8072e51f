import type { InferResponseType } from "hono/client";
import type { OwnVerdict } from "../../src/server/reviewRoutes.ts";
import type { api } from "../api.ts";

/** A queue as the server sends it. */
export type QueueAnswer = InferResponseType<(typeof api.runs)[":run"]["review"]["queue"]["$get"], 200>;

/** One picture of a queue, with what this reviewer said of it. */
export type Member = QueueAnswer["members"][number];

/** A verdict that is to be written. */
export interface Choice {
  readonly position: number;
  readonly verdict: OwnVerdict["verdict"];
  readonly correctCategory: string | undefined;
  readonly note: string;
  /** Id of the verdict that was the newest one when this was chosen; 0 for none. */
  readonly seen: number;
}

/** What stands for a picture; undefined for none, also where one was taken back. */
export function maybeStanding({ own }: Member): OwnVerdict | undefined {
  return own === null || own.verdict === "withdrawn" ? undefined : own;
}

/**
 * The pictures that are still to be judged, in their order: those without a verdict, and then, in a pass over the skipped ones, those
 * that were skipped before it began, the one that was skipped longest ago first.
 * @param pass id of the last verdict before the pass over the skipped ones began; undefined: no such pass
 */
export function openMembers(members: readonly Member[], pass: number | undefined): readonly Member[] {
  const open = members.filter((member) => maybeStanding(member) === undefined);
  if (pass === undefined) return open;
  const idOf = (member: Member) => maybeStanding(member)?.id ?? 0;
  const skipped = skippedMembers(members).filter((member) => idOf(member) <= pass);
  return [...open, ...skipped.toSorted((a, b) => idOf(a) - idOf(b))];
}

/** The pictures that were left for later. */
export function skippedMembers(members: readonly Member[]): readonly Member[] {
  return members.filter((member) => maybeStanding(member)?.verdict === "skipped");
}

/** How many pictures are judged; the skipped ones are not. */
export function judgedCount(members: readonly Member[]): number {
  const done = members.filter((member) => maybeStanding(member) !== undefined);
  return done.length - skippedMembers(members).length;
}

/** Id of the newest verdict of a queue; 0 for none. */
export function lastId(members: readonly Member[]): number {
  return maybeNewest(members)?.id ?? 0;
}

/** The verdict that was given last, or taken back last. */
export function maybeNewest(members: readonly Member[]): OwnVerdict | undefined {
  let newest: OwnVerdict | undefined;
  for (const { own } of members) if (own !== null && own.id > (newest?.id ?? 0)) newest = own;
  return newest;
}

/** The picture that was judged last in this queue: what undo takes back. */
export function maybeLastJudged(members: readonly Member[]): Member | undefined {
  let last: Member | undefined;
  for (const member of members) {
    const standing = maybeStanding(member);
    if (standing?.isOfSample && standing.id > (last?.own?.id ?? 0)) last = member;
  }
  return last;
}

/** The members with another verdict on one of them. */
export function withOwn(members: readonly Member[], position: number, own: OwnVerdict): readonly Member[] {
  return members.map((member) => (member.position === position ? { ...member, own } : member));
}

/** The members as the server told them, but for verdicts known here that are newer than its answer, which may be a late one. */
export function caughtUp(known: readonly Member[], loaded: readonly Member[]): readonly Member[] {
  const ownOf = new Map(known.map(({ position, own }) => [position, own]));
  return loaded.map((member) => {
    const own = ownOf.get(member.position);
    return own && own.id > (member.own?.id ?? 0) ? { ...member, own } : member;
  });
}

/** Whether a stored verdict says what was to be written. */
export function isWhatWasChosen(own: OwnVerdict, choice: Choice): boolean {
  return (
    own.verdict === choice.verdict &&
    own.correctCategory === choice.correctCategory &&
    own.note === choice.note
  );
}
