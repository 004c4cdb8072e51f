import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { caseBytes } from "./caseBytes.ts";
import { fuzzTargets } from "./fuzzTargets.ts";

const fixtures = join(import.meta.dirname, "../fixtures/fuzz");

describe.each(fuzzTargets.map((target) => [target.name, target] as const))("%s", (name, target) => {
  const folder = join(fixtures, name);
  const found = existsSync(folder) ? readdirSync(folder) : [];
  it.each(found)("stands what fuzzing once found: %s", async (file) => {
    await target.check(readFileSync(join(folder, file)));
  });

  it("stands its own files and the first 40 cases of seed 1", async () => {
    for (const bytes of target.seeds) await target.check(bytes);
    for (let index = 0; index < 40; index++) await target.check(caseBytes(target, 1, index));
  });

  it("has the same cases every time", () => {
    expect(caseBytes(target, 7, 3)).toEqual(caseBytes(target, 7, 3));
    expect(
      Array.from({ length: 20 }, (_, index) => caseBytes(target, 7, index).length).some(
        (length, _i, all) => length !== all[0],
      ),
    ).toBe(true);
  });
});
