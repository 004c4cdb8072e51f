import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { faultsOf } from "../reference/checkVector.ts";
import { readVectors } from "../reference/referenceVector.ts";

const vectors = readVectors(join(packageRoot, "test/fixtures/statistics.json"));

describe("the statistics", () => {
  it.each(vectors.map((vector) => [vector.id, vector.source, vector] as const))(
    "equal %s: %s",
    (_id, _source, vector) => {
      expect(faultsOf(vector, vectors)).toEqual([]);
    },
  );
});
