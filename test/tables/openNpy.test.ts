import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { npyHeader, parseNpyHeader } from "../../src/tables/npyHeader.ts";
import { openNpy } from "../../src/tables/openNpy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

/** The bytes of an array file with any header: version, literal, numbers. */
function npy(literal: string, data: Uint8Array = new Uint8Array(0), major = 1): Buffer {
  const text = Buffer.from(`${literal}\n`);
  const length = Buffer.alloc(major === 1 ? 2 : 4);
  length.writeUIntLE(text.length, 0, length.length);
  return Buffer.concat([
    Buffer.from(`\x93NUMPY${String.fromCharCode(major)}\0`, "latin1"),
    length,
    text,
    data,
  ]);
}

const literal = (descr: string, shape: string, order = "False") =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;

async function valuesOf(path: string, atOnce = 2): Promise<number[][]> {
  const file = await openNpy(path);
  const rows: number[][] = [];
  for await (const { values, dim, count } of file.vectors(0, atOnce)) {
    for (let row = 0; row < count; row++) rows.push([...values.subarray(row * dim, (row + 1) * dim)]);
  }
  return rows;
}

async function refusal(bytes: Buffer): Promise<string> {
  const path = join(temporaryFolder(), "a.npy");
  writeFileSync(path, bytes);
  const error = await openNpy(path).then(
    () => undefined,
    (cause) => cause,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).hint).toBeTruthy();
  return (error as UserError).message.replace(path, "a.npy");
}

describe("an .npy file", () => {
  it("that numpy wrote is read in the three versions and three kinds of floats, also in parts", async () => {
    const folder = temporaryFolder();
    // Held against numpy 2.4.6.
    const script = `
import numpy as np, json, sys
from numpy.lib import format
v = np.random.default_rng(1).normal(size=(5, 3))
v[0, 0] = 2.0**-24; v[0, 1] = -65504; v[4, 2] = -0.0
out = {}
for kind in ("<f2", "<f4", "<f8"):
    for version in ((1, 0), (2, 0), (3, 0)):
        name = f"{kind[1:]}-{version[0]}.npy"
        with open(name, "wb") as file: format.write_array(file, v.astype(kind), version=version)
        out[name] = v.astype(kind).astype("float64").tolist()
print(json.dumps(out))`;
    const python = spawnSync("python3", ["-W", "ignore", "-c", script], { cwd: folder, encoding: "utf8" });
    if (python.error !== undefined || /No module named 'numpy'/.test(python.stderr)) {
      process.stderr.write("arrays that numpy wrote: left out, there is no python3 with numpy\n");
      return;
    }
    expect(python.stderr).toBe("");
    const written = JSON.parse(python.stdout) as Record<string, number[][]>;
    expect(Object.keys(written)).toHaveLength(9);
    for (const [name, rows] of Object.entries(written)) {
      expect(await valuesOf(join(folder, name)), name).toEqual(rows);
      expect(await valuesOf(join(folder, name), 100)).toEqual(rows);
    }
  });

  it("that Clipbook wrote is read by numpy, its numbers beginning at a multiple of 64", () => {
    const folder = temporaryFolder();
    const values = Float32Array.of(1, 2, 3, 4, 5, 6);
    for (const [name, rows, dim] of [
      ["a", 2, 3],
      ["b", 6, 1],
      ["c", 0, 4],
    ] as const) {
      const header = npyHeader("float32", rows, dim);
      expect(header.length % 64).toBe(0);
      expect(parseNpyHeader(header, name)).toEqual({
        numberType: "float32",
        rows,
        dim,
        dataStart: header.length,
      });
      const data = new Uint8Array(values.buffer, 0, rows * dim * 4);
      writeFileSync(join(folder, `${name}.npy`), Buffer.concat([header, data]));
    }
    const script =
      'import numpy as np, json; print(json.dumps([np.load(f"{n}.npy").tolist() for n in "abc"]))';
    const python = spawnSync("python3", ["-c", script], { cwd: folder, encoding: "utf8" });
    if (python.error !== undefined || /No module named 'numpy'/.test(python.stderr)) {
      process.stderr.write("arrays for numpy: left out, there is no python3 with numpy\n");
      return;
    }
    expect(JSON.parse(python.stdout)).toEqual([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [[1], [2], [3], [4], [5], [6]],
      [],
    ]);
  });

  it.each([
    [
      "integers",
      literal("'|i1'", "(1, 4)"),
      4,
      "the numbers are |i1, not float16 (<f2), float32 (<f4) or float64 (<f8)",
    ],
    ["big endian", literal("'>f4'", "(1, 1)"), 4, "the numbers are big endian (>f4)"],
    [
      "pickled objects",
      literal("'|O'", "(1, 1)"),
      9,
      "it holds pickled Python objects, which are never loaded: they can run code",
    ],
    [
      "records",
      literal("[('a', '<f4')]", "(1, 1)"),
      4,
      "the numbers are records, not float16 (<f2), float32 (<f4) or float64 (<f8)",
    ],
    [
      "Fortran order",
      literal("'<f4'", "(2, 1)", "True"),
      8,
      "the numbers are in Fortran order, column by column",
    ],
    ["one axis", literal("'<f4'", "(4,)"), 16, "the shape is (4), not (vectors, numbers of each)"],
    [
      "three axes",
      literal("'<f4'", "(1, 2, 2)"),
      16,
      "the shape is (1, 2, 2), not (vectors, numbers of each)",
    ],
    ["empty vectors", literal("'<f4'", "(4, 0)"), 0, "the shape is (4, 0), not (vectors, numbers of each)"],
    [
      "code in the header",
      "__import__('os').system('true')",
      4,
      "the header does not say what is in the file",
    ],
  ])("with %s is refused", async (_, header, bytes, message) => {
    expect(await refusal(npy(header, new Uint8Array(bytes)))).toBe(`a.npy: ${message}`);
  });

  it("that is cut short or too long is refused, with the row where it ends", async () => {
    const header = literal("'<f4'", "(3, 2)");
    expect(await refusal(npy(header, new Uint8Array(17)))).toBe(
      "a.npy: the header announces 3 vectors, and the file ends in row 3: it is cut short",
    );
    expect(await refusal(npy(header, new Uint8Array(25)))).toBe(
      "a.npy: the header announces 3 vectors, and 1 bytes more follow",
    );
    expect(await refusal(npy(header).subarray(0, 40))).toBe("a.npy: the header is cut short");
    expect(await refusal(npy(header, undefined, 4))).toBe("a.npy: an .npy file of version 4, or cut short");
    expect(await refusal(Buffer.from("PK\x03\x04"))).toBe(
      "a.npy: not an .npy file: it does not begin as one",
    );
    const long = npy(header, undefined, 2);
    long.writeUInt32LE(0xffffffff, 8);
    expect(await refusal(long)).toBe("a.npy: the header is said to have 4294967295 bytes");
  });

  it("that is changed while it is read is told", async () => {
    const path = join(temporaryFolder(), "a.npy");
    writeFileSync(path, npy(literal("'<f4'", "(4, 1)"), new Uint8Array(16)));
    const file = await openNpy(path);
    const parts = file.vectors(0, 1);
    await parts.next();
    truncateSync(path, readFileSync(path).length - 8);
    const rest = async () => {
      for await (const _ of parts);
    };
    await expect(rest()).rejects.toThrow("became shorter while Clipbook was reading it");
    appendFileSync(path, new Uint8Array(8));
    await expect(file.vectors(0, 1).next()).rejects.toThrow("changed while Clipbook was reading it");
  });
});
