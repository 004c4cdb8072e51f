import { describe, expect, it } from "vitest";
import { fewestDeaths } from "../../../src/pipeline/queue/deathsNeeded.ts";
import { createLedger, type JobLedger, type Sent } from "../../../src/pipeline/queue/jobLedger.ts";
import type { JobUnit, UnitResult } from "../../../src/queue/jobForms.ts";
import { seededRandom } from "../../../src/seededRandom.ts";

const unit = (number: number, root = "r"): JobUnit => ({
  sha256: number.toString(16).padStart(64, "0"),
  sizeBytes: 1,
  root,
  path: `${number}.jpg`,
});
const unitsTo = (count: number) => Array.from({ length: count }, (_, i) => unit(i));
const embedded: UnitResult = { kind: "embedded", format: "jpeg", widthPx: 1, heightPx: 1 };
const unreachable: UnitResult = { kind: "unreachable", code: "missing_file", sentence: "not here" };
const first = (sent: readonly Sent[]): Sent => sent[0] as Sent;

/** What a simulated world does to jobs. */
interface World {
  readonly images: number;
  readonly jobSize: number;
  /** Chance of each trial that something else ends its worker. */
  readonly kills: number;
  readonly poison: ReadonlySet<string>;
  readonly unread: number;
}

/** Lets jobs come back in any order, or not at all, until none is out. @returns how each image ended, as often as it did */
function simulate(seed: number, { images, jobSize, kills, poison, unread }: World) {
  const random = seededRandom(seed);
  const ledger = createLedger({ hasLocalWorker: true });
  const ends = new Map<string, string[]>();
  const end = ({ path }: JobUnit, how: string) => ends.set(path, [...(ends.get(path) ?? []), how]);
  const units = unitsTo(images);
  while (units.length > 0) ledger.send(units.splice(0, jobSize));
  const old: string[] = [];
  for (let step = 0; ledger.size() > 0; step++) {
    if (step > 1_000_000) throw new Error("it does not end");
    const here = ledger.inRedis();
    const sent = here[Math.floor(random() * here.length)];
    if (sent === undefined) {
      for (const { unit: one, end: how } of ledger.decide().poison) end(one, how.code);
      continue;
    }
    expect(ledger.decide()).toEqual({ again: [], poison: [] });
    old.push(sent.id);
    const isDeadly = sent.units.some(({ path }) => poison.has(path));
    if (isDeadly || random() < kills) ledger.lostOf(sent, isDeadly || random() < 0.7);
    else {
      const outcomes = sent.units.map(() => (random() < unread ? unreachable : embedded));
      for (const { unit: one, end: how } of ledger.settle(sent, outcomes).answers)
        end(one, how.kind === "failed" ? how.code : how.kind);
    }
    // Whatever comes late finds nothing.
    expect(old.every((id) => ledger.find(id) === undefined)).toBe(true);
  }
  return ends;
}

describe("every image ends exactly once, whatever the order of results, losses and failures", () => {
  const worlds: Record<string, World> = {
    calm: { images: 300, jobSize: 16, kills: 0, poison: new Set(), unread: 0 },
    "with poison": {
      images: 300,
      jobSize: 16,
      kills: 0,
      poison: new Set(["7.jpg", "8.jpg", "250.jpg"]),
      unread: 0,
    },
    "with files that cannot be read": {
      images: 300,
      jobSize: 7,
      kills: 0.05,
      poison: new Set(),
      unread: 0.2,
    },
    "where a third of the jobs lose their worker": {
      images: 300,
      jobSize: 16,
      kills: 0.33,
      poison: new Set(["9.jpg"]),
      unread: 0,
    },
    "one by one": { images: 100, jobSize: 1, kills: 0.2, poison: new Set(["3.jpg"]), unread: 0 },
  };
  for (const [name, world] of Object.entries(worlds)) {
    it(name, () => {
      for (let seed = 1; seed <= 10; seed++) {
        const ends = simulate(seed, world);
        expect(ends.size).toBe(world.images);
        for (const [path, how] of ends) {
          expect(how, path).toHaveLength(1);
          expect(how[0] === "decoder_crashed", path).toBe(world.poison.has(path));
        }
      }
    });
  }
});

/** Loses its worker so often, each time when it has begun. */
function lose(ledger: JobLedger, sent: Sent, times: number): Sent {
  let last = sent;
  for (let i = 0; i < times; i++) last = first(ledger.lostOf(last, true));
  return last;
}

it("takes an image with which three workers were lost to be the reason, when nothing else was lost", () => {
  const ledger = createLedger({ hasLocalWorker: false });
  const alone = lose(ledger, first(ledger.send([unit(1)])), fewestDeaths - 1);
  expect(ledger.decide().poison).toEqual([]);
  expect(ledger.lostOf(alone, true)).toEqual([]);
  expect(ledger.inRedis()).toEqual([]);
  expect(ledger.size()).toBe(1);
  const [poison] = ledger.decide().poison;
  expect(poison?.end).toMatchObject({
    code: "decoder_crashed",
    sentence: expect.stringMatching(/^each of 3 workers/),
  });
  expect(ledger.size()).toBe(0);
});

it("learns nothing from a worker that had a job and had not begun with it", () => {
  const ledger = createLedger({ hasLocalWorker: false });
  let sent = first(ledger.send([unit(1), unit(2)]));
  for (let i = 0; i < 10; i++) sent = first(ledger.lostOf(sent, false));
  expect(sent.units).toHaveLength(2);
  expect(sent.deaths).toBe(0);
});

it("gives each image of a job whose worker was lost out by itself", () => {
  const ledger = createLedger({ hasLocalWorker: false });
  const again = ledger.lostOf(first(ledger.send(unitsTo(5))), true);
  expect(again.map(({ units, deaths }) => [units.length, deaths])).toEqual(Array(5).fill([1, 1]));
  expect(ledger.size()).toBe(5);
});

it("tries an image again when others that were lost, too, came back", () => {
  const ledger = createLedger({ hasLocalWorker: false });
  const [a, b] = ledger.lostOf(first(ledger.send([unit(1), unit(2)])), true) as [Sent, Sent];
  ledger.settle(lose(ledger, a, 1), [embedded]);
  ledger.lostOf(lose(ledger, b, 1), true);
  const { again, poison } = ledger.decide();
  expect(poison).toEqual([]);
  expect(again.map(({ deaths }) => deaths)).toEqual([3]);
  ledger.settle(first(again), [embedded]);
  expect(ledger.size()).toBe(0);
});

it("puts a job again that Redis lacks twice in a row, under its name", () => {
  const ledger = createLedger({ hasLocalWorker: false });
  const [sent] = ledger.send([unit(1)]) as [Sent];
  expect(ledger.missedAgain([sent.id])).toEqual([]);
  expect(ledger.missedAgain([])).toEqual([]);
  expect(ledger.missedAgain([sent.id])).toEqual([]);
  expect(ledger.missedAgain([sent.id])).toEqual([sent]);
  expect(ledger.find(sent.id)).toBe(sent);
});

it("says so after three workers failed at the same images, with the reason", () => {
  const ledger = createLedger({ hasLocalWorker: false });
  let sent = first(ledger.send([unit(1)]));
  for (let i = 0; i < 2; i++) sent = first(ledger.failedOf(sent, "no memory"));
  expect(() => ledger.failedOf(sent, "no memory")).toThrow(
    "3 workers failed at the same pictures: no memory",
  );
});

it("gives what others cannot read to the coordinator's own worker, and what that cannot read to nobody", () => {
  const ledger = createLedger({ hasLocalWorker: true });
  const { again } = ledger.settle(first(ledger.send([unit(1)])), [unreachable]);
  expect(again.map(({ place }) => place)).toEqual(["local"]);
  const { answers } = ledger.settle(first(again), [unreachable]);
  expect(answers.map(({ end }) => end)).toEqual([{ ...unreachable, kind: "failed" }]);
});

it("gives images under no root to the coordinator's own worker alone", () => {
  const ledger = createLedger({ hasLocalWorker: true });
  expect(ledger.send([unit(1), unit(2, "")]).map(({ place, units }) => [place, units.length])).toEqual([
    ["jobs", 1],
    ["local", 1],
  ]);
});
