import { glob, realpath, stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { UserError } from "../errors.ts";
import type { SearchOptions } from "../images/findPictures.ts";
import { insideInputs, outsideLink, type PlaceRule } from "../images/insideInputs.ts";
import { isPictureFile } from "../images/pictureFile.ts";
import { failedUnit, type IgnoredFile, type Unit } from "../images/unit.ts";
import { openUnitReader, type UnitReader } from "../images/unitReader.ts";
import { openNameSorter } from "../store/openNameSorter.ts";
import { cellText } from "../tables/cell.ts";
import { findImageColumn } from "../tables/findImageColumn.ts";
import { refuseForeignInput } from "../tables/foreignInput.ts";
import { type InputTable, readSampleRows } from "../tables/inputTable.ts";
import { openTable } from "../tables/openTable.ts";
import { maybeTableFormat } from "../tables/tableFormat.ts";
import { type InputSource, withoutOverlaps } from "./inputSource.ts";
import { unitKey } from "./shards/unitKey.ts";
import { tableUnits } from "./tableUnits.ts";

/** What the user named to be classified, opened. */
export interface Inputs {
  /** The user's table, when the input is one. */
  readonly table: InputTable | undefined;
  /** Its column that holds the images. */
  readonly imageColumn: string | undefined;
  /** What was named, as it was named: a pattern stays one. */
  readonly names: readonly string[];
  /**
   * All units in the results table's order, found anew each time; files that are no pictures come as ignored.
   * @param wants asked once with each unit's key, whether the unit is to come: its path in the input it was found in, or
   *   the table's cell as written (see `unitKey`)
   */
  units(signal?: AbortSignal, wants?: WantsUnit): AsyncIterable<Unit | IgnoredFile>;
  /** How many units there are, for showing progress; no picture is read. */
  count(signal?: AbortSignal, wants?: WantsUnit): Promise<number>;
  close(): Promise<void>;
}

/** Whether the unit with a key is to come. */
export type WantsUnit = (key: string) => boolean;

/** How to open inputs. */
export interface InputOptions {
  /** Follows symbolic links that lead out of the folders named; else such a link is a unit that fails. */
  readonly followOutside?: boolean | undefined;
}

/** Rows that are looked at to find the column that holds the images. */
const sampleRows = 20;

/**
 * Opens folders, image files, globs, ZIP archives, or one table. What lies in another input, or is named twice, comes
 * once.
 * @param imageColumn the table's column that holds the images; found by name or content when absent
 * @throws UserError for an input that is not there, a table beside other inputs, a column that cannot be told
 */
export async function openInputs(
  inputs: readonly string[],
  imageColumn?: string,
  { followOutside = false }: InputOptions = {},
): Promise<Inputs> {
  if (inputs.length === 0) {
    throw new UserError("nothing to classify was named", {
      hint: "name a folder, image files, a table or a .zip archive, or embeddings from elsewhere with --imported",
    });
  }
  const found = (await Promise.all(inputs.map(sourcesOf))).flat();
  const sources = await withoutOverlaps(found);
  const tableSource = sources.find(({ kind }) => kind === "table");
  const reader = openUnitReader(openNameSorter);
  if (tableSource === undefined) {
    if (imageColumn !== undefined) {
      throw new UserError("--image-column needs a table as input", {
        hint: "leave it out for folders and files",
      });
    }
    const realFolders = await foldersOf(found);
    const patternFolders = await Promise.all(inputs.filter(isPattern).map(folderOfPattern));
    const mayRead = followOutside ? undefined : insideInputs([...realFolders, ...patternFolders]);
    const unitsIn = (options: Pick<SourceOptions, "signal" | "inAnyOrder" | "wants">) =>
      unitsOfSources(sources, reader, {
        ...options,
        mayRead,
        otherInputs: realFolders,
        visited: new Set(),
      });
    return {
      names: [...new Set(inputs)],
      table: undefined,
      imageColumn: undefined,
      units: (signal, wants) => unitsIn({ signal, wants }),
      count: (signal, wants) => countUnits(unitsIn({ signal, wants, inAnyOrder: true })),
      close: () => reader.close(),
    };
  }
  if (sources.length > 1) {
    throw new UserError(`${tableSource.shown}: a table has to be the only input`, {
      hint: "classify it on its own: its rows name the images",
    });
  }
  const table = await openTable(tableSource.shown);
  const column = findImageColumn(table.columns, await readSampleRows(table, sampleRows), imageColumn);
  return {
    names: [tableSource.shown],
    table,
    imageColumn: table.columns[column],
    units: (_signal, wants) => tableUnits(table, column, reader, wants),
    count: (_signal, wants) => countUnits(wantedRows(table, column, wants)),
    close: () => reader.close(),
  };
}

async function sourcesOf(input: string): Promise<readonly InputSource[]> {
  refuseForeignInput(input);
  const entry = await stat(input).catch((error: NodeJS.ErrnoException) => error);
  if (!(entry instanceof Error)) return [sourceOf(input, entry.isDirectory())];
  if (entry.code === "EACCES" || entry.code === "EPERM") {
    throw new UserError(`${input}: you may not read this`, { hint: "check its rights", cause: entry });
  }
  if (!isPattern(input)) {
    throw new UserError(`${input}: there is no such file or folder`, {
      hint: "check the name and the current folder",
      cause: entry,
    });
  }
  const matches: InputSource[] = [];
  // The pattern's own ./ is part of the names, as in a shell; Node's glob takes it off.
  const prefix = /^\.\/+/.test(input) ? "./" : "";
  for await (const match of glob(input, { withFileTypes: false })) {
    const found = await stat(match).catch(() => undefined);
    const source = sourceOf(`${prefix}${match}`, found?.isDirectory() ?? false);
    matches.push({ ...source, isMatch: true, matchedIn: patternFolder(input) });
  }
  if (matches.length === 0) {
    throw new UserError(`${input}: no file has a name like this`, {
      hint: "check the pattern, and quote it",
    });
  }
  return matches;
}

function isPattern(input: string): boolean {
  return /[*?[\]{}]/.test(input);
}

/** The folders among the sources, without symbolic links. One that is gone meanwhile fails when it is searched. */
async function foldersOf(sources: readonly InputSource[]): Promise<readonly string[]> {
  const folders = sources.filter(({ kind, isMatch }) => kind === "folder" && !isMatch);
  return Promise.all(folders.map(({ shown }) => realpath(shown).catch(() => resolve(shown))));
}

/** The folder that a pattern looks into: what comes before its first name with a wildcard. */
function patternFolder(pattern: string): string {
  const names = pattern.split("/");
  const folder = names.slice(0, names.findIndex(isPattern)).join("/");
  return resolve(folder === "" && pattern.startsWith("/") ? "/" : folder);
}

async function folderOfPattern(pattern: string): Promise<string> {
  const path = patternFolder(pattern);
  return realpath(path).catch(() => path);
}

function sourceOf(shown: string, isFolder: boolean): InputSource {
  if (isFolder) return { shown, kind: "folder" };
  if (extname(shown).toLowerCase() === ".zip") return { shown, kind: "archive" };
  return { shown, kind: maybeTableFormat(shown) === undefined ? "file" : "table" };
}

async function countUnits(items: AsyncIterable<object>): Promise<number> {
  let count = 0;
  for await (const item of items) if (!("ignored" in item)) count += 1;
  return count;
}

async function* wantedRows(
  table: InputTable,
  column: number,
  wants: WantsUnit | undefined,
): AsyncGenerator<object> {
  for await (const row of table.rows()) {
    if (wants === undefined || wants(cellText(row.cells[column]))) yield row;
  }
}

interface SourceOptions extends Omit<SearchOptions, "openSorter"> {
  readonly wants?: WantsUnit | undefined;
}

async function* unitsOfSources(
  sources: readonly InputSource[],
  reader: UnitReader,
  { wants, ...options }: SourceOptions,
): AsyncGenerator<Unit | IgnoredFile> {
  for (const source of sources) {
    options.signal?.throwIfAborted();
    const units = unitsOfSource(source, reader, options);
    if (wants === undefined) {
      yield* units;
      continue;
    }
    const keyOf = unitKey(source);
    for await (const unit of units) if ("ignored" in unit || wants(keyOf(unit.name))) yield unit;
  }
}

async function* unitsOfSource(
  { shown, kind, isMatch }: InputSource,
  reader: UnitReader,
  options: Omit<SearchOptions, "openSorter">,
): AsyncGenerator<Unit | IgnoredFile> {
  if (kind === "table") throw new RangeError("a table has its own units");
  // What was named is read wherever it is; what a pattern matched counts as found in its folder.
  const mayRead = isMatch ? options.mayRead : undefined;
  if (kind === "file" && isMatch && !(await isPictureFile(shown, shown, mayRead))) yield { ignored: shown };
  else if (kind !== "file" && mayRead !== undefined && !(await leadsInside(shown, mayRead)))
    yield failedUnit(shown, resolve(shown), 0, outsideLink());
  else yield* reader.unitsOf(shown, kind, kind === "file" ? { mayRead } : options);
}

async function leadsInside(shown: string, mayRead: PlaceRule): Promise<boolean> {
  // What is gone meanwhile tells so when it is opened.
  return realpath(shown).then(mayRead, () => true);
}
