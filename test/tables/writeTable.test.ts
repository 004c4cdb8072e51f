import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import type { OutputRow, OutputTable } from "../../src/tables/outputTable.ts";
import type { OwnColumn } from "../../src/tables/ownColumn.ts";
import { tableFormatOf } from "../../src/tables/tableFormat.ts";
import { guardFormula, withoutGuard } from "../../src/tables/tableText.ts";
import { writeTable } from "../../src/tables/writeTable.ts";
import { failureOf } from "./failureOf.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const own: readonly OwnColumn[] = [
  { name: "Image", kind: "text" },
  { name: "Classification Probability", kind: "probability" },
  { name: "Rank", kind: "integer" },
];
const csv: OutputTable = { format: tableFormatOf("a.csv"), own };

function ownRow(...cells: OutputRow["own"]): OutputRow {
  return { input: undefined, own: cells };
}

/** So many rows, then an error if one is given. */
async function* manyRows(count: number, error?: Error): AsyncGenerator<OutputRow> {
  for (let row = 0; row < count; row++) yield ownRow(`${row}.jpg`, 50, row);
  if (error) throw error;
}

async function written(table: OutputTable, rows: readonly OutputRow[]): Promise<string> {
  const stream = new PassThrough();
  const parts: Buffer[] = [];
  stream.on("data", (part: Buffer) => parts.push(part));
  await writeTable(stream, table, rows);
  await setImmediate();
  return Buffer.concat(parts).toString("utf8");
}

describe("the text of a written table", () => {
  it("guards what a spreadsheet would run, in text only and in CSV and TSV only", async () => {
    const texts = ["=1+1", "+1", "-1.jpg", "@eaDir/a.jpg", "\tx", "\rx", "a=1", "'=1", ""];
    const rows = texts.map((text, index) => ownRow(text, 12.5, -index));
    expect(await written(csv, rows)).toBe(
      [
        "Image,Classification Probability,Rank",
        "'=1+1,12.50,0",
        "'+1,12.50,-1",
        "'-1.jpg,12.50,-2",
        "'@eaDir/a.jpg,12.50,-3",
        "'\tx,12.50,-4",
        `"'\rx",12.50,-5`,
        "a=1,12.50,-6",
        "''=1,12.50,-7",
        ",12.50,-8",
        "",
      ].join("\n"),
    );
    const tsv = await written({ ...csv, format: tableFormatOf("a.tsv") }, rows.slice(4, 5));
    expect(tsv.split("\n")[1]).toBe(`"'\tx"\t12.50\t-4`);
    const jsonl = await written({ ...csv, format: tableFormatOf("a.jsonl") }, rows.slice(0, 1));
    expect(jsonl).toBe('{"Image":"=1+1","Classification Probability":12.5,"Rank":0}\n');
    const named: OutputTable = { ...csv, own: [{ name: "=x", kind: "text" }] };
    expect(await written(named, [])).toBe("'=x\n");
  });

  it.each([
    " =1+1",
    "\u00a0=1",
    "\u3000@x",
    "\ufeff=1",
    "\u200b-1",
    "\u0000=1",
    "\n=1",
    "\nx",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "'=1",
    "'' =1",
    "' \t@x",
  ])("guards %j, which one spreadsheet or another would run", (text) => {
    expect(guardFormula(text)).toBe(`'${text}`);
    expect(withoutGuard(guardFormula(text))).toBe(text);
  });

  it("gives every guarded text back, and guards no other than those that begin like a formula", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."'=+-@ \t\r\n\ufeff\uff1da1\"") }), (text) => {
        expect(withoutGuard(guardFormula(text))).toBe(text);
        expect(guardFormula(text) === text || /^['\s\ufeff]*[=+\-@\uff1d\t\r\n]/u.test(text)).toBe(true);
        expect(/^[=+\-@\t\r\n\uff1d]/u.test(guardFormula(text))).toBe(false);
      }),
      { seed: 1 },
    );
    for (const text of ["a.jpg", "a=1", "1-2", "'t Hooft.jpg", '"=1', "", "'"])
      expect(guardFormula(text)).toBe(text);
  });

  it("leaves the user's own cells as they are", async () => {
    const input = {
      path: "in.csv",
      format: tableFormatOf("in.jsonl"),
      columns: ["=note", "n"],
      parquetColumns: [],
    };
    const rows: OutputRow[] = [
      { input: { cells: ["=1+1", { json: "-5" }] }, own: ["a.jpg", 1, 2] },
      { input: { cells: [undefined, "x,y"] }, own: [undefined, undefined, undefined] },
      { input: undefined, own: ["b.jpg", 0, 0] },
    ];
    expect(await written({ ...csv, input }, rows)).toBe(
      [
        "=note,n,Image,Classification Probability,Rank",
        "=1+1,-5,a.jpg,1.00,2",
        ',"x,y",,,',
        ",,b.jpg,0.00,0",
        "",
      ].join("\n"),
    );
  });

  it("spells half a surrogate pair out where UTF-8 cannot hold it, and an empty only cell as a cell", async () => {
    const one: OutputTable = { format: tableFormatOf("a.csv"), own: [{ name: "t", kind: "text" }] };
    expect(await written(one, [ownRow("a\ud83dz"), ownRow("😀"), ownRow(undefined)])).toBe(
      't\na\\ud83dz\n😀\n""\n',
    );
  });

  it("takes probabilities that stray from 0 and 100 by rounding", async () => {
    const rows = [ownRow("a", 100.0000001, 1), ownRow("a", -1e-12, 1), ownRow("a", 1 / 3, 1)];
    const text = await written(csv, rows);
    expect(text.split("\n").slice(1, 4)).toEqual(["a,100.00,1", "a,0.00,1", "a,0.33,1"]);
  });

  it("refuses cells that are not what their column says", async () => {
    for (const cells of [
      ["a", Number.NaN, 1],
      ["a", 100.1, 1],
      ["a", -0.1, 1],
      ["a", 1, 1.5],
      [1, 1, 1],
      ["a", "1", 1],
      ["a", 1],
    ]) {
      await expect(written(csv, [ownRow(...cells)])).rejects.toThrow(RangeError);
    }
    await expect(written(csv, [{ input: { cells: ["x"] }, own: ["a", 1, 1] }])).rejects.toThrow(RangeError);
    await expect(written({ ...csv, own: [] }, [])).rejects.toThrow(RangeError);
  });
});

describe("writing a table to a file", () => {
  it("replaces a file only when the new one is complete", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.csv");
    writeFileSync(path, "before");
    let seen = "";
    async function* rows(): AsyncGenerator<OutputRow> {
      yield* manyRows(20_000);
      seen = readFileSync(path, "utf8");
    }
    await writeTable(path, csv, rows());
    expect(seen).toBe("before");
    expect(readFileSync(path, "utf8").split("\n").length).toBe(20_002);
    expect(readdirSync(folder)).toEqual(["a.csv"]);
  });

  it.each(["a.csv", "a.jsonl", "a.parquet"])("leaves nothing of %s when the rows fail", async (name) => {
    const folder = temporaryFolder();
    const table = { ...csv, format: tableFormatOf(name) };
    await expect(
      writeTable(join(folder, name), table, manyRows(60_000, new Error("no more"))),
    ).rejects.toThrow("no more");
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, name), "before");
    await expect(
      writeTable(join(folder, name), table, manyRows(60_000, new Error("no more"))),
    ).rejects.toThrow("no more");
    expect(readdirSync(folder)).toEqual([name]);
    expect(readFileSync(join(folder, name), "utf8")).toBe("before");
  });

  it("leaves nothing and lets the rows go when it is aborted", async () => {
    const folder = temporaryFolder();
    const controller = new AbortController();
    let closed = false;
    let ended = false;
    async function* rows(): AsyncGenerator<OutputRow> {
      try {
        yield* manyRows(20_000);
        controller.abort();
        yield* manyRows(200_000);
        ended = true;
      } finally {
        closed = true;
      }
    }
    const write = writeTable(join(folder, "a.csv"), csv, rows(), { signal: controller.signal });
    await expect(write).rejects.toThrow(/abort/i);
    expect([closed, ended]).toEqual([true, false]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("says what is wrong with the place", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "no", "a.csv");
    const missing = await failureOf(() => writeTable(path, csv, []));
    expect(missing.message).toBe(`${path}: there is no folder ${join(folder, "no")}`);
    mkdirSync(join(folder, "b.csv"));
    expect((await failureOf(() => writeTable(join(folder, "b.csv"), csv, []))).message).toContain(
      "a folder of that name",
    );
    const long = await failureOf(() => writeTable(join(folder, `${"x".repeat(260)}.csv`), csv, []));
    expect(long.message).toContain("the name is too long");
    const longest = join(folder, `${"x".repeat(251)}.csv`);
    await writeTable(longest, csv, []);
    expect(existsSync(longest)).toBe(true);
  });

  it("refuses a folder and a file that may not be written", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.csv");
    writeFileSync(path, "before");
    chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    // The superuser may write everywhere; as another user the same process may not.
    const superuser = process.geteuid?.() === 0;
    const asUser = async (action: () => Promise<unknown>) => {
      if (superuser) process.seteuid?.(65534);
      try {
        return await failureOf(action);
      } finally {
        if (superuser) process.seteuid?.(0);
      }
    };
    onTestFinished(() => chmodSync(folder, 0o755));
    const inFolder = await asUser(() => writeTable(join(folder, "b.csv"), csv, []));
    expect(inFolder.message).toBe(`${join(folder, "b.csv")}: may not be written`);
    chmodSync(folder, 0o777);
    const overFile = await asUser(() => writeTable(path, csv, []));
    expect(overFile.message).toBe(`${path}: may not be written`);
    expect(readFileSync(path, "utf8")).toBe("before");
  });

  it("keeps a link a link, and writes to a device without replacing it", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "real.csv"), "before");
    symlinkSync("real.csv", join(folder, "link.csv"));
    await writeTable(join(folder, "link.csv"), csv, []);
    expect(lstatSync(join(folder, "link.csv")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "real.csv"), "utf8")).toContain("Image");
    if (process.platform === "linux") {
      await writeTable("/dev/null", csv, manyRows(10));
      expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
      const full = await failureOf(() => writeTable("/dev/full", csv, manyRows(10)));
      expect(full.message).toBe("/dev/full: the disk is full");
    }
  });

  it("leaves nothing on a disk that is full", async ({ skip }) => {
    const folder = temporaryFolder();
    const mount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "clipbook", folder]);
    skip(mount.status !== 0, "a small disk of one's own needs the right to mount");
    onTestFinished(() => {
      execFileSync("umount", [folder]);
    });
    const failure = await failureOf(() => writeTable(join(folder, "a.csv"), csv, manyRows(100_000)));
    expect(failure.message).toBe(`${join(folder, "a.csv")}: the disk is full`);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("writing a table to a stream", () => {
  it("waits for a slow reader", async () => {
    let waiting = 0;
    let most = 0;
    const slow = new Writable({
      write(_chunk, _encoding, done) {
        waiting--;
        setTimeout(done, 1);
      },
    });
    const write = slow.write.bind(slow);
    slow.write = ((chunk: string, callback: () => void) => {
      waiting++;
      most = Math.max(most, waiting);
      return write(chunk, callback);
    }) as typeof slow.write;
    await writeTable(slow, csv, manyRows(50_000));
    expect(most).toBe(1);
    expect(slow.writableEnded).toBe(false);
  });

  it("passes the stream's own error on and stops reading rows", async () => {
    let closed = false;
    async function* rows(): AsyncGenerator<OutputRow> {
      try {
        yield* manyRows(1_000_000);
      } finally {
        closed = true;
      }
    }
    const broken = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
      },
    });
    await expect(writeTable(broken, csv, rows())).rejects.toThrow("EPIPE");
    expect(closed).toBe(true);
  });

  it("writes the same bytes as to a file, Parquet too", async () => {
    const folder = temporaryFolder();
    for (const name of ["a.csv", "a.parquet"]) {
      const parts: Buffer[] = [];
      const stream = new Writable({
        write(chunk: Buffer, _encoding, done) {
          parts.push(chunk);
          done();
        },
      });
      const table = { ...csv, format: tableFormatOf(name) };
      await writeTable(stream, table, manyRows(60_000));
      await writeTable(join(folder, name), table, manyRows(60_000));
      expect(Buffer.concat(parts).equals(readFileSync(join(folder, name)))).toBe(true);
    }
  });
});
