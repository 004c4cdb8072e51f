import { createHash } from "node:crypto";
import { seededRandom } from "../../src/seededRandom.ts";
import type { FuzzTarget } from "./fuzzTarget.ts";
import { mutateBytes } from "./mutateBytes.ts";

/** Case number `index` of a run: the same bytes whenever and wherever it is made. */
export function caseBytes(target: FuzzTarget, seed: number, index: number): Uint8Array {
  const digest = createHash("sha256").update(`${target.name} ${seed} ${index}`).digest();
  return mutateBytes(target, seededRandom(digest.readUInt32LE(0)));
}
