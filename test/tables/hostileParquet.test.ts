import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openTable } from "../../src/tables/openTable.ts";
import { askParquetProcess } from "../../src/tables/parquetProcess.ts";
import { findTableFile } from "../../src/tables/tableFile.ts";
import { runScript } from "../runScript.ts";
import { failureOf } from "./failureOf.ts";
import {
  dataPageHeader,
  type Field,
  type Forgery,
  forgeParquet,
  honestPage,
  varint,
} from "./forgeParquet.ts";
import { readTexts } from "./readTexts.ts";
import { temporaryFile } from "./temporaryFolder.ts";

/** Definition levels, in one run of so many 1s. */
function levels(count: number): Buffer {
  const run = Buffer.concat([varint(count * 2), Buffer.from([1])]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(run.length);
  return Buffer.concat([length, run]);
}

/** Values that begin with all of the one before and go on by `suffix` bytes, in the encoding DELTA_BYTE_ARRAY. */
function growingTexts(count: number, suffix: number): Buffer {
  const header = (first: number, delta: number) =>
    Buffer.concat([
      varint(count + 128 - (count % 128)),
      varint(1),
      varint(count),
      varint(first * 2),
      varint(delta * 2),
      Buffer.from([0]),
    ]);
  return Buffer.concat([
    levels(count),
    header(0, suffix),
    header(suffix, 0),
    Buffer.alloc(count * suffix, "x"),
  ]);
}

const v2Header = (page: Buffer): readonly Field[] => [
  [1, "i32", 3],
  [2, "i32", page.length],
  [3, "i32", page.length],
  [
    8,
    "struct",
    [
      [1, "i32", 2],
      [2, "i32", 0],
      [3, "i32", 2],
      [4, "i32", 8],
      [5, "i32", 2],
      [6, "i32", 0],
      [7, "i32", 0],
    ],
  ],
];
const bomb = Buffer.concat([levels(2), Buffer.alloc(600_000_000)]);
const growing = growingTexts(40_000, 20);
// A bit-packed run whose number of values does not fit into 32 bits, of indices 0 bits wide: it takes no bytes.
const weightless = Buffer.concat([Buffer.from([4, 1, 0]), varint(0xffffffff)]);

const forgeries: readonly (readonly [about: string, forgery: Forgery, reason: string])[] = [
  [
    "a run of a billion definition levels in a page of two values",
    { page: Buffer.concat([levels(2 ** 30), Buffer.alloc(8)]) },
    "takes more than",
  ],
  [
    "a run of a billion values that the footer announces, too",
    {
      rowCount: 2 ** 30,
      page: Buffer.concat([levels(2 ** 30), Buffer.alloc(8)]),
      pageHeader: dataPageHeader(2 ** 30, 0, Buffer.alloc(15)),
    },
    "takes more than",
  ],
  [
    "a page that has no size",
    {
      page: honestPage,
      pageHeader: [
        [1, "i32", 0],
        [
          5,
          "struct",
          [
            [1, "i32", 0],
            [2, "i32", 0],
          ],
        ],
      ],
    },
    "parquet decompressed page length 14 does not match header NaN",
  ],
  [
    "a page of a negative size",
    {
      page: honestPage,
      pageHeader: [
        [1, "i32", 0],
        [2, "i32", -5],
        [3, "i32", -5],
        [
          5,
          "struct",
          [
            [1, "i32", 2],
            [2, "i32", 0],
          ],
        ],
      ],
    },
    "Invalid typed array length: -5",
  ],
  [
    "values without any bits, more than 32 bits can count",
    { page: weightless, pageHeader: v2Header(weightless) },
    "takes more than",
  ],
  [
    "a page that says that it has two billion values",
    { page: honestPage, pageHeader: dataPageHeader(2 ** 31 - 1, 0, honestPage) },
    "Offset is outside the bounds",
  ],
  [
    "a page that says that it has two billion packed values",
    { page: honestPage, pageHeader: dataPageHeader(2 ** 31 - 1, 5, honestPage) },
    "Offset is outside the bounds",
  ],
  [
    "a page that swells to two gigabytes in Snappy",
    { page: honestPage, codec: 1, pageHeader: dataPageHeader(2, 0, honestPage, 2 ** 31 - 1) },
    "a page of more than 512 MiB",
  ],
  [
    "texts that each begin with the one before",
    { page: growing, type: 6, rowCount: 40_000, pageHeader: dataPageHeader(40_000, 7, growing) },
    "takes more than",
  ],
];

describe("Parquet files made to harm", () => {
  it("are made by what can make an honest file, too", async () => {
    expect(
      await readTexts(await openTable(temporaryFile("a.parquet", forgeParquet({ page: honestPage })))),
    ).toEqual([["7"], ["8"]]);
    const fewTexts = growingTexts(3, 2);
    const texts = forgeParquet({
      page: fewTexts,
      type: 6,
      rowCount: 3,
      pageHeader: dataPageHeader(3, 7, fewTexts),
    });
    expect(await readTexts(await openTable(temporaryFile("a.parquet", texts)))).toEqual([
      ["xx"],
      ["xxxx"],
      ["xxxxxx"],
    ]);
  });

  it.each(forgeries)("cost no more than memory and time allow: %s", async (_, forgery, reason) => {
    const file = await findTableFile(temporaryFile("a.parquet", forgeParquet(forgery)));
    const limits = { milliseconds: 2500, bytes: 600 * 1024 ** 2 };
    await expect(askParquetProcess({ verb: "rows", file, rowStart: 0, rowEnd: 2 }, limits)).rejects.toThrow(
      reason,
    );
  });

  it("cost no more than memory allows: a page of 600 MB in half a megabyte of Gzip", async () => {
    const page = gzipSync(bomb, { level: 1 });
    const header = dataPageHeader(2, 0, page, bomb.length);
    const path = temporaryFile("a.parquet", forgeParquet({ page, codec: 2, pageHeader: header }));
    const failure = await failureOf(async () => readTexts(await openTable(path)));
    expect(failure.message).toBe(`${path}: not a readable Parquet file: a page of more than 512 MiB`);
  });

  it("are named as what is wrong when their process had to be ended, and the next file is read", async () => {
    const [[, endless], [, large]] = [forgeries[4], forgeries[0]] as [
      (typeof forgeries)[0],
      (typeof forgeries)[0],
    ];
    const ask = async (forgery: Forgery, milliseconds: number, bytes: number) => {
      const file = await findTableFile(temporaryFile("a.parquet", forgeParquet(forgery)));
      return askParquetProcess({ verb: "rows", file, rowStart: 0, rowEnd: 2 }, { milliseconds, bytes });
    };
    await expect(ask(endless, 2000, 2 ** 30)).rejects.toThrow(
      "reading a part of it takes more than 2 seconds",
    );
    await expect(ask(large, 60_000, 400 * 1024 ** 2)).rejects.toThrow(
      "it takes more than 400 MiB of memory to read",
    );
    expect(
      await readTexts(await openTable(temporaryFile("a.parquet", forgeParquet({ page: honestPage })))),
    ).toEqual([["7"], ["8"]]);
  });

  it("leave no process behind that keeps the program from ending", async () => {
    const path = temporaryFile("a.parquet", forgeParquet({ page: honestPage }));
    const { code, stdout, stderr } = await runScript(`
      import { openTable } from "./src/tables/openTable.ts";
      for await (const { number } of (await openTable(${JSON.stringify(path)})).rows()) console.log(number);
    `);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "1\n2\n", stderr: "" });
  });

  it("are refused when the footer says that there are 2^62 rows", async () => {
    const path = temporaryFile("a.parquet", forgeParquet({ page: honestPage, rowCount: 2n ** 62n }));
    const failure = await failureOf(async () => readTexts(await openTable(path)));
    expect(failure.message).toMatch(/not a readable Parquet file: /);
  });

  it("are refused when their columns are too many or nested too deeply", async () => {
    const node = (name: string, children: number): readonly Field[] => [
      [3, "i32", 0],
      [4, "binary", name],
      ...(children > 0 ? [[5, "i32", children] as const] : []),
    ];
    const deep = Array.from({ length: 5000 }, (_, depth) => node("n", depth < 4999 ? 1 : 0));
    const many = Array.from({ length: 20_000 }, (_, index) => node(`c${index}`, 0));
    for (const [schema, message] of [
      [deep, "columns nested more than 100 deep"],
      [many, "more than 10000 columns"],
    ] as const) {
      const path = temporaryFile("a.parquet", forgeParquet({ page: honestPage, schema }));
      expect((await failureOf(() => openTable(path))).message).toBe(
        `${path}: not a readable Parquet file: ${message}`,
      );
    }
  });

  it("are refused when the footer's length lies, or its lists'", async () => {
    const honest = forgeParquet({ page: honestPage });
    for (const [at, value] of [
      [honest.length - 8, 0xffffffff],
      [honest.length - 8, honest.length],
      [honest.length - 8, 1],
    ] as const) {
      const bytes = Buffer.from(honest);
      bytes.writeUInt32LE(value, at);
      const failure = await failureOf(() => openTable(temporaryFile("a.parquet", bytes)));
      expect(failure.message).toContain("not a readable Parquet file");
    }
    // A list of two billion structs in a footer of eleven bytes.
    const footer = Buffer.concat([
      Buffer.from([0x15, 2, 0x19, 0xfc]),
      varint(2 ** 31 - 1),
      Buffer.from([0, 0]),
    ]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    const path = temporaryFile(
      "a.parquet",
      Buffer.concat([Buffer.from("PAR1"), footer, length, Buffer.from("PAR1")]),
    );
    expect((await failureOf(() => openTable(path))).message).toContain("not a readable Parquet file");
  });
});
