import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isErrorCode } from "../../errorCode.ts";
import { UserError } from "../../errors.ts";
import { maybeTableFormat } from "../../tables/tableFormat.ts";
import { openNpySource, type VectorPart } from "./openNpySource.ts";
import { openParquetSource } from "./openParquetSource.ts";
import type { VectorSource, VectorSourceOptions } from "./vectorSource.ts";

const lookedFor =
  "looked for img_emb/img_emb_*.npy with metadata/metadata_*.parquet (clip-retrieval), for .npy files with a table of the same name beside them, and for .parquet files with a column of vectors";

/**
 * Finds out how a folder of embeddings is laid out, and opens it.
 * @throws UserError for a folder that has none of the layouts, and for files that do not belong together
 */
export async function openVectorSource(folder: string, options: VectorSourceOptions): Promise<VectorSource> {
  await requireFolder(folder);
  const names = await namesIn(folder);
  if (names.includes("img_emb"))
    return openNpySource("clip-retrieval", await retrievalParts(folder), options);
  const npy = names.filter((name) => /\.npy$/i.test(name));
  if (npy.length > 0) return openNpySource("npy", npyParts(folder, npy, names), options);
  const parquet = names.filter((name) => /\.parquet$/i.test(name)).sort(byNumbers);
  if (parquet.length > 0)
    return openParquetSource(
      parquet.map((name) => join(folder, name)),
      options,
    );
  throw new UserError(`${folder}: there are no embeddings here`, { hint: lookedFor });
}

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((cause) => {
    if (isErrorCode(cause, "ENOENT", "ENOTDIR", "EACCES")) return undefined;
    throw cause;
  });
  if (found?.isDirectory()) return;
  throw new UserError(`${folder}: ${found === undefined ? "there is no such folder" : "not a folder"}`, {
    hint: "name the folder that holds the embeddings",
  });
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    // Hidden files are other programs' own, such as what macOS leaves in copies.
    return (await readdir(folder)).filter((name) => !name.startsWith(".")).sort(byNumbers);
  } catch (cause) {
    if (!isErrorCode(cause, "ENOENT", "EACCES", "ENOTDIR")) throw cause;
    throw new UserError(`${folder}: this folder is missing or may not be read`, { hint: lookedFor, cause });
  }
}

/** Numbers in names by their size, so that 10 comes after 9; else by characters. */
function byNumbers(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.split(/(\d+)/));
  for (let i = 0; i < Math.min(left?.length ?? 0, right?.length ?? 0); i++) {
    const [x, y] = [left?.[i] ?? "", right?.[i] ?? ""];
    if (x === y) continue;
    const difference = i % 2 === 1 ? Number(x) - Number(y) : 0;
    return difference || (x < y ? -1 : 1);
  }
  return (left?.length ?? 0) - (right?.length ?? 0);
}

/** clip-retrieval numbers its parts from 0 on, each a file of vectors and a table. */
async function retrievalParts(folder: string): Promise<readonly VectorPart[]> {
  const [vectors, tables] = await Promise.all([
    numbered(join(folder, "img_emb"), /^img_emb_(\d+)\.npy$/),
    numbered(join(folder, "metadata"), /^metadata_(\d+)\.parquet$/),
  ]);
  const numbers = [...new Set([...vectors.keys(), ...tables.keys()])].sort((a, b) => a - b);
  if (vectors.size === 0)
    throw new UserError(`${join(folder, "img_emb")}: there is no img_emb_*.npy here`, { hint: lookedFor });
  return numbers.map((number, i) => {
    const [npy, table] = [vectors.get(number), tables.get(number)];
    if (number !== (numbers[0] as number) + i) {
      throw new UserError(
        `${folder}: part ${number - 1} is missing between parts ${numbers[i - 1]} and ${number}`,
        {
          hint: "copy all parts, or name a folder with those that belong together, numbered without a gap",
        },
      );
    }
    if (npy !== undefined && table !== undefined) return { npy, table };
    throw new UserError(
      npy === undefined
        ? `${table}: the vectors of this part, img_emb_*.npy of the same number, are missing`
        : `${npy}: the metadata of this part, metadata_*.parquet of the same number, are missing`,
      { hint: "copy all parts; without metadata nobody knows which image a vector is of" },
    );
  });
}

async function numbered(folder: string, pattern: RegExp): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  for (const name of await namesIn(folder)) {
    const number = pattern.exec(name)?.[1];
    if (number === undefined) continue;
    const other = found.get(Number(number));
    if (other !== undefined) {
      throw new UserError(`${join(folder, name)}: there is another part ${Number(number)}, ${other}`, {
        hint: "keep one of the two",
      });
    }
    found.set(Number(number), join(folder, name));
  }
  return found;
}

/** `a.npy` goes with the table `a.csv`; where there is one file of each, their names need not agree. */
function npyParts(folder: string, npy: readonly string[], names: readonly string[]): readonly VectorPart[] {
  const tables = names.filter((name) => maybeTableFormat(name) !== undefined);
  const stem = (name: string) => name.replace(/\.[^.]*$/, "");
  return npy.map((name) => {
    const same = tables.filter((table) => stem(table) === stem(name));
    const found = same.length === 0 && npy.length === 1 ? tables : same;
    const [table] = found;
    if (table !== undefined && found.length === 1)
      return { npy: join(folder, name), table: join(folder, table) };
    throw new UserError(
      `${join(folder, name)}: ${found.length === 0 ? "there is no table beside it" : `several tables could belong to it: ${found.join(", ")}`}`,
      {
        hint: `put one table with a row for each vector beside it, called ${stem(name)}.csv (.tsv, .jsonl, .parquet)`,
      },
    );
  });
}
