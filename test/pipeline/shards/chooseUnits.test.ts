import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseUnits } from "../../../src/pipeline/shards/chooseUnits.ts";
import { keyDigest, shardOfDigest } from "../../../src/pipeline/shards/keyDigest.ts";
import { joinedTally, startListTally } from "../../../src/pipeline/shards/startListTally.ts";

const keys = fc.array(fc.string({ unit: "grapheme", maxLength: 12 }), { maxLength: 60 });

function tallyOf(list: readonly string[]) {
  const tally = startListTally();
  for (const key of list) tally.add(keyDigest(key));
  return tally.tally();
}

describe("the shard of a unit", () => {
  it("is the first 48 bits of SHA-256 modulo the number of shards, plus 1, as Python computes it", () => {
    // Python 3.11: int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") % of + 1
    const expected = [
      ["a.jpg", 3, 2],
      ["photos/b.jpg", 100, 37],
      ["ü.png", 7, 7],
      ["", 10, 5],
      ["a.zip!/b.jpg", 1000, 897],
      ["2020/01/01/IMG_0001.JPG", 999983, 842673],
    ] as const;
    for (const [key, of, number] of expected) expect(shardOfDigest(keyDigest(key), of)).toBe(number);
  });

  it("is the same for a name whose letters have another form of Unicode", () => {
    expect(keyDigest("Bu\u0308ro.jpg")).toEqual(keyDigest("B\u00fcro.jpg"));
    expect(keyDigest("Buro.jpg")).not.toEqual(keyDigest("B\u00fcro.jpg"));
  });

  it("is exactly one of any number of shards, for any list in any order, and the parts add up to the list", () => {
    fc.assert(
      fc.property(
        keys,
        fc.integer({ min: 1, max: 40 }),
        fc.infiniteStream(fc.double()),
        (list, of, chance) => {
          const shuffled = list
            .map((key) => [chance.next().value as number, key] as const)
            .sort(([a], [b]) => a - b)
            .map(([, key]) => key);
          const taken = new Map<number, number>();
          const parts = Array.from({ length: of }, (_, i) => {
            const choice = chooseUnits({ number: i + 1, of });
            (i % 2 === 0 ? list : shuffled).forEach((key) => {
              if (choice.wants(key)) taken.set(i, (taken.get(i) ?? 0) + 1);
            });
            expect(choice.tallies().list).toEqual(tallyOf(list));
            expect(choice.tallies().part.units).toBe(taken.get(i) ?? 0);
            return choice.tallies().part;
          });
          expect([...taken.values()].reduce((sum, count) => sum + count, 0)).toBe(list.length);
          expect(joinedTally(parts)).toEqual(tallyOf(list));
          for (const key of list) {
            const having = parts.filter((_, i) => chooseUnits({ number: i + 1, of }).wants(key));
            expect(having).toHaveLength(1);
          }
        },
      ),
      { seed: 7, numRuns: 60 },
    );
  });

  it("spreads names that count up evenly", () => {
    const sizes = Array.from({ length: 100 }, () => 0);
    for (let i = 0; i < 20_000; i++) {
      const number = shardOfDigest(keyDigest(`photos/IMG_${String(i).padStart(5, "0")}.jpg`), 100);
      sizes[number - 1] = (sizes[number - 1] as number) + 1;
    }
    // Binomial with n = 20,000 and p = 1/100: mean 200, standard deviation 14.07; four of them either way.
    expect(Math.min(...sizes)).toBeGreaterThan(143);
    expect(Math.max(...sizes)).toBeLessThan(257);
  });

  it("does not exist outside of 1 to N", () => {
    for (const shard of [
      { number: 0, of: 3 },
      { number: 4, of: 3 },
      { number: 1.5, of: 3 },
      { number: 1, of: Number.NaN },
    ])
      expect(() => chooseUnits(shard)).toThrow(RangeError);
  });
});

describe("a list's digest", () => {
  it("is the sum of the keys' SHA-256 modulo 2^256, as Python computes it", () => {
    // Python 3.11: sum(int.from_bytes(hashlib.sha256(k.encode()).digest(), "big") for k in keys) % 2**256
    expect(tallyOf(["a.jpg", "b/c.jpg", "b/c.jpg", "ü.png"])).toEqual({
      units: 4,
      digest: "dce4cede22b3c7f967175070b66183bb83e4eb959466a1e295f9dc38a8201671",
    });
  });

  it("tells a key that comes twice from one that does not come, and one file that became another", () => {
    expect(tallyOf(["a", "b", "b"]).digest).not.toBe(tallyOf(["a"]).digest);
    expect(tallyOf(["a", "b"]).digest).not.toBe(tallyOf(["a", "c"]).digest);
    expect(tallyOf([])).toEqual({ units: 0, digest: "0".repeat(64) });
  });
});
