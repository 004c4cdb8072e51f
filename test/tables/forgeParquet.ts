/** A field of a Thrift struct in the compact protocol: its number, its kind and its value. */
export type Field = readonly [id: number, kind: "i32" | "i64" | "binary" | "list" | "struct", value: unknown];

const kindCodes = { i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;

/** An unsigned number in groups of seven bits. */
export function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** A struct in Thrift's compact protocol. A list's value is `[kind, values]`, a struct's a list of fields. */
export function struct(fields: readonly Field[]): Buffer {
  let last = 0;
  const parts = fields.map(([id, kind, value]) => {
    const header = Buffer.from([((id - last) << 4) | kindCodes[kind]]);
    last = id;
    return Buffer.concat([header, element(kind, value)]);
  });
  return Buffer.concat([...parts, Buffer.from([0])]);
}

function element(kind: Field[1], value: unknown): Buffer {
  if (kind === "struct") return struct(value as readonly Field[]);
  if (kind === "binary")
    return Buffer.concat([varint(Buffer.byteLength(value as string)), Buffer.from(value as string)]);
  if (kind === "list") {
    const [of, values] = value as readonly [Field[1], readonly unknown[]];
    return Buffer.concat([
      Buffer.from([0xf0 | kindCodes[of]]),
      varint(values.length),
      ...values.map((item) => element(of, item)),
    ]);
  }
  const number = BigInt(value as number | bigint);
  return varint(number < 0n ? -number * 2n - 1n : number * 2n);
}

/** What a forged file says; the numbers are Parquet's own (parquet.thrift). */
export interface Forgery {
  /** Fields of the page's header; by default those of an honest page of two values. */
  readonly pageHeader?: readonly Field[] | undefined;
  /** The page: by default two definition levels, both 1, and two 32-bit integers. */
  readonly page: Buffer;
  readonly type?: number;
  readonly codec?: number;
  readonly rowCount?: number | bigint;
  /** Nodes of the schema behind the root; by default one optional column `image`. */
  readonly schema?: readonly (readonly Field[])[];
}

/** An honest page of two integers: levels in one run, then the values. */
export const honestPage = Buffer.from([2, 0, 0, 0, 4, 1, 7, 0, 0, 0, 8, 0, 0, 0]);

/** The header of a data page of the first kind. */
export function dataPageHeader(
  valueCount: number,
  encoding: number,
  page: Buffer,
  uncompressed = page.length,
): readonly Field[] {
  const header: readonly Field[] = [
    [1, "i32", valueCount],
    [2, "i32", encoding],
    [3, "i32", 3],
    [4, "i32", 3],
  ];
  return [
    [1, "i32", 0],
    [2, "i32", uncompressed],
    [3, "i32", page.length],
    [5, "struct", header],
  ];
}

/** A Parquet file with one column chunk of one page, as told, true or not. */
export function forgeParquet({
  page,
  pageHeader = dataPageHeader(2, 0, page),
  type = 1,
  codec = 0,
  rowCount = 2,
  schema,
}: Forgery): Buffer {
  const chunk = Buffer.concat([struct(pageHeader), page]);
  const nodes = schema ?? [
    [
      [1, "i32", type],
      [3, "i32", 1],
      [4, "binary", "image"],
    ] satisfies readonly Field[],
  ];
  const column: readonly Field[] = [
    [1, "i32", type],
    [2, "list", ["i32", [0, 3]]],
    [3, "list", ["binary", ["image"]]],
    [4, "i32", codec],
    [5, "i64", rowCount],
    [6, "i64", chunk.length],
    [7, "i64", chunk.length],
    [9, "i64", 4],
  ];
  const columns: readonly Field[][] = [
    [
      [2, "i64", 4],
      [3, "struct", column],
    ],
  ];
  const footer = struct([
    [1, "i32", 1],
    [
      2,
      "list",
      [
        "struct",
        [
          [
            [4, "binary", "root"],
            [5, "i32", schema === undefined ? 1 : topCount(nodes)],
          ],
          ...nodes,
        ],
      ],
    ],
    [3, "i64", rowCount],
    [
      4,
      "list",
      [
        "struct",
        [
          [
            [1, "list", ["struct", columns]],
            [2, "i64", chunk.length],
            [3, "i64", rowCount],
          ],
        ],
      ],
    ],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([Buffer.from("PAR1"), chunk, footer, length, Buffer.from("PAR1")]);
}

/** How many children the root has: all nodes, or the first one where that has the others. */
function topCount(nodes: readonly (readonly Field[])[]): number {
  return nodes[0]?.some(([id]) => id === 5) ? 1 : nodes.length;
}
