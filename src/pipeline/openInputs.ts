import { glob, stat } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";
import { UserError } from "../errors.ts";
import type { IgnoredFile, Unit } from "../images/unit.ts";
import { openUnitReader, type UnitReader } from "../images/unitReader.ts";
import { findImageColumn } from "../tables/findImageColumn.ts";
import { type InputTable, readSampleRows } from "../tables/inputTable.ts";
import { openTable } from "../tables/openTable.ts";
import { maybeTableFormat } from "../tables/tableFormat.ts";
import { tableUnits } from "./tableUnits.ts";

/** What the user named to be classified, opened. */
export interface Inputs {
  /** The user's table, when the input is one. */
  readonly table: InputTable | undefined;
  /** Its column that holds the images. */
  readonly imageColumn: string | undefined;
  /** What was named, in the order in which it is classified. */
  readonly names: readonly string[];
  /** All units in the results table's order, found anew each time; files that are no pictures come as ignored. */
  units(signal?: AbortSignal): AsyncIterable<Unit | IgnoredFile>;
  /** How many units there are, for showing progress; nothing is opened. */
  count(signal?: AbortSignal): Promise<number>;
  close(): Promise<void>;
}

type Source = { readonly shown: string; readonly kind: "folder" | "archive" | "file" | "table" };

/** Rows that are looked at to find the column that holds the images. */
const sampleRows = 20;

/**
 * Opens folders, image files, globs, ZIP archives, or one table.
 * @param imageColumn the table's column that holds the images; found by name or content when absent
 * @throws UserError for an input that is not there, a table beside other inputs, a column that cannot be told
 */
export async function openInputs(inputs: readonly string[], imageColumn?: string): Promise<Inputs> {
  if (inputs.length === 0) {
    throw new UserError("nothing to classify was named", {
      hint: "name a folder, image files, a table or a .zip archive",
    });
  }
  const sources = withoutOverlaps((await Promise.all(inputs.map(sourcesOf))).flat());
  const tableSource = sources.find(({ kind }) => kind === "table");
  const reader = openUnitReader();
  if (tableSource === undefined) {
    if (imageColumn !== undefined) {
      throw new UserError("--image-column needs a table as input", {
        hint: "leave it out for folders and files",
      });
    }
    return {
      names: sources.map(({ shown }) => shown),
      table: undefined,
      imageColumn: undefined,
      units: (signal) => unitsOfSources(sources, reader, signal),
      count: (signal) => countUnits(unitsOfSources(sources, reader, signal)),
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
    units: () => tableUnits(table, column),
    count: () => countUnits(table.rows()),
    close: () => reader.close(),
  };
}

async function sourcesOf(input: string): Promise<readonly Source[]> {
  const entry = await stat(input).catch(() => undefined);
  if (entry !== undefined) return [sourceOf(input, entry.isDirectory())];
  if (!/[*?[\]{}]/.test(input)) {
    throw new UserError(`${input}: there is no such file or folder`, {
      hint: "check the name and the current folder",
    });
  }
  const matches: Source[] = [];
  for await (const match of glob(input, { withFileTypes: false })) {
    const found = await stat(match).catch(() => undefined);
    matches.push(sourceOf(match, found?.isDirectory() ?? false));
  }
  if (matches.length === 0) {
    throw new UserError(`${input}: no file has a name like this`, {
      hint: "check the pattern, and quote it",
    });
  }
  return matches;
}

function sourceOf(shown: string, isFolder: boolean): Source {
  if (isFolder) return { shown, kind: "folder" };
  if (extname(shown).toLowerCase() === ".zip") return { shown, kind: "archive" };
  return { shown, kind: maybeTableFormat(shown) === undefined ? "file" : "table" };
}

/** Sorted by the bytes of their names; what lies in another input's folder, or is named twice, comes once. */
function withoutOverlaps(sources: readonly Source[]): readonly Source[] {
  const sorted = [...sources].sort((a, b) => Buffer.compare(Buffer.from(a.shown), Buffer.from(b.shown)));
  const folders = sorted.filter(({ kind }) => kind === "folder").map(({ shown }) => resolve(shown));
  const seen = new Set<string>();
  return sorted.filter(({ shown }) => {
    const path = resolve(shown);
    const inside = folders.some(
      (folder) => path !== folder && path.startsWith(folder === sep ? sep : folder + sep),
    );
    if (inside || seen.has(path)) return false;
    seen.add(path);
    return true;
  });
}

async function countUnits(items: AsyncIterable<object>): Promise<number> {
  let count = 0;
  for await (const item of items) if (!("ignored" in item)) count += 1;
  return count;
}

async function* unitsOfSources(
  sources: readonly Source[],
  reader: UnitReader,
  signal: AbortSignal | undefined,
): AsyncGenerator<Unit | IgnoredFile> {
  for (const { shown, kind } of sources) {
    if (kind === "table") throw new RangeError("a table has its own units");
    yield* reader.unitsOf(shown, kind, signal);
  }
}
