import { UserError } from "../../errors.ts";
import { cellText } from "../../tables/cell.ts";
import type { InputTable } from "../../tables/inputTable.ts";
import { openTable } from "../../tables/openTable.ts";
import { withoutGuard } from "../../tables/tableText.ts";

/** Coded images of another study by their true and their predicted category. */
export interface ErrorRateTable {
  readonly path: string;
  /** `[true][predicted]`, images as counted. `[K, K]` */
  readonly counts: readonly (readonly number[])[];
  /** What they stand for, where the table says so. `[K, K]` */
  readonly weighted: readonly (readonly number[])[] | undefined;
}

const needed = ["true", "predicted", "images"] as const;
const weightColumn = "weighted_share";

/**
 * Reads the error rates of another study: columns `true`, `predicted` and `images`, and `weighted_share` where its images were not
 * drawn alike, as `clipbook evaluate --files` writes them into confusion.csv. A pair that is not in the table has no image.
 * @param categories names, which the table has to have all of and no others
 * @throws UserError for columns that are missing, the first row that is wrong, a pair that comes twice, and other categories
 */
export async function readErrorRates(path: string, categories: readonly string[]): Promise<ErrorRateTable> {
  const table = await openTable(path);
  const at = columnsOf(table);
  const empty = () => categories.map(() => categories.map(() => 0));
  const [counts, weights] = [empty(), empty()];
  const seen = new Set<string>();
  const used = new Set<number>();
  for await (const row of table.rows()) {
    const where = row.line === undefined ? `${path}, row ${row.number}` : `${path}:${row.line}`;
    const cell = (name: string) => cellText(row.cells[at.get(name) as number]);
    const truth = categoryOf(cell("true"), categories, where);
    const predicted = categoryOf(cell("predicted"), categories, where);
    if (seen.has(`${truth} ${predicted}`))
      throw new UserError(`${where}: this pair of categories came before`, { hint: "keep one row for each" });
    seen.add(`${truth} ${predicted}`);
    used.add(truth).add(predicted);
    const images = numberOf(cell("images"), "images", table, where);
    if (!Number.isInteger(images))
      throw new UserError(`${where}: ${images} is no number of images`, { hint: "counts are whole numbers" });
    (counts[truth] as number[])[predicted] = images;
    if (!at.has(weightColumn)) continue;
    const weight = numberOf(cell(weightColumn), weightColumn, table, where);
    if (weight > 0 !== images > 0)
      throw new UserError(`${where}: ${images} images that stand for a share of ${weight}`, {
        hint: `take the table as it was written, or delete the column ${weightColumn} if all images were drawn alike`,
      });
    (weights[truth] as number[])[predicted] = weight;
  }
  const absent = categories.find((_, category) => !used.has(category));
  if (absent !== undefined)
    throw new UserError(`${path}: there is no row of the category "${absent}"`, {
      hint: "error rates serve only for the categories that they were found for",
    });
  return { path, counts, weighted: at.has(weightColumn) ? weights : undefined };
}

/** Index of each known column, whatever its case. */
function columnsOf(table: InputTable): ReadonlyMap<string, number> {
  const names = table.columns.map((name) => name.trim().toLowerCase());
  const missing = needed.find((name) => !names.includes(name));
  if (missing !== undefined)
    throw new UserError(`${table.path}: there is no column "${missing}"`, {
      hint: "take confusion.csv, which clipbook evaluate --files writes",
    });
  return new Map(
    [...needed, weightColumn]
      .filter((name) => names.includes(name))
      .map((name) => [name, names.indexOf(name)]),
  );
}

function categoryOf(text: string, categories: readonly string[], where: string): number {
  // Written by another program, a name may have another form of Unicode than in the codebook.
  const bare = (name: string) => name.normalize("NFC").trim();
  const names = categories.map(bare);
  const asWritten = names.indexOf(bare(text));
  const category = asWritten >= 0 ? asWritten : names.indexOf(bare(withoutGuard(text)));
  if (category >= 0) return category;
  throw new UserError(`${where}: the run has no category ${JSON.stringify(text)}`, {
    hint: `its categories are ${categories.map((name) => `"${name}"`).join(", ")}`,
  });
}

function numberOf(text: string, column: string, table: InputTable, where: string): number {
  // Where semicolons separate the cells, a comma separates the decimals.
  const isSemicolon = table.format.kind === "csv" && table.format.delimiter === ";";
  const plain = isSemicolon ? text.trim().replace(",", ".") : text.trim();
  if (/^\d+(\.\d*)?(e[-+]?\d+)?$/i.test(plain)) return Number(plain);
  throw new UserError(`${where}: ${JSON.stringify(text)} in column ${column} is no number from 0 on`, {
    hint: "take the table as it was written",
  });
}
