import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { npyHeader } from "../../src/tables/npyHeader.ts";
import { openNpy } from "../../src/tables/openNpy.ts";
import type { FuzzTarget } from "./fuzzTarget.ts";
import { withFile } from "./tableChecks.ts";

const whole = (numberType: "float16" | "float32" | "float64", rows: number, dim: number, bytes: number) =>
  Buffer.concat([npyHeader(numberType, rows, dim), Buffer.alloc(rows * dim * bytes, 0x3c)]);

/** The first seed as versions 2 and 3, whose length has four bytes. */
const later = [2, 3].map((version) => {
  const first = whole("float32", 3, 2, 4);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(first.readUInt16LE(8));
  const frame = Buffer.concat([first.subarray(0, 8), length]);
  frame[6] = version;
  return Buffer.concat([frame, first.subarray(10)]);
});

/** Arrays of vectors. */
export const npyTarget: FuzzTarget = {
  name: "npy",
  seeds: [
    whole("float32", 3, 2, 4),
    whole("float16", 1, 5, 2),
    whole("float64", 2, 2, 8),
    whole("float32", 0, 3, 4),
    ...later,
  ],
  tokens: [
    ...[
      "'descr': ",
      "'<f4'",
      "'|O'",
      "'>f2'",
      "[('a', '<f4')]",
      "'fortran_order': True",
      "'shape': ",
      "(3, 2)",
      "(",
      ")",
      ",",
    ],
    ...["9999999999999999999", "4294967296", "-1", "3L", "{", "}", "\n", "__import__('os')"],
    Buffer.from("\x93NUMPY", "latin1"),
    Buffer.from([0xff, 0xff, 0xff, 0xff]),
  ],
  check: (bytes) =>
    withFile("a.npy", bytes, async (path) => {
      try {
        const file = await openNpy(path);
        let rows = 0;
        for await (const { count, dim, values } of file.vectors(0, 1000)) {
          assert.equal(dim, file.dim);
          assert.equal(values.length, count * dim);
          rows += count;
        }
        assert.equal(rows, file.rows);
        // Nothing was made up: the numbers are no more than the file has bytes.
        assert.ok(rows * file.dim * 2 <= bytes.length);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        assert.ok((error.hint ?? "") !== "", `no hint: ${error.message}`);
      }
    }),
};
