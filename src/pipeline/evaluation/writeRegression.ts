import { checkFileSink } from "../../tables/outputSink.ts";
import type { OutputRow } from "../../tables/outputTable.ts";
import type { OwnColumn } from "../../tables/ownColumn.ts";
import type { TableFormat } from "../../tables/tableFormat.ts";
import { writeTable } from "../../tables/writeTable.ts";
import { requireReplaceable } from "../replaceable.ts";
import type { Coefficient, Regression } from "./regress.ts";

// Names without blanks: R and Python read them as they are.
const figures = ["estimate", "standard_error", "z", "p", "low", "high"] as const;

const columns: readonly OwnColumn[] = [
  { name: "term", kind: "text" },
  ...figures.map((name) => ({ name, kind: "number" }) as const),
  ...figures.map((name) => ({ name: `naive_${name}`, kind: "number" }) as const),
];

/** @throws UserError for a file that is something else than an earlier table of coefficients, or cannot be written */
export async function checkRegressionTable(path: string): Promise<void> {
  await requireReplaceable(path, ["standard_error", "naive_high"]);
  await checkFileSink(path);
}

/**
 * Writes a regression's coefficients, one row each, with the naive ones beside them.
 * @throws UserError as `checkRegressionTable`
 */
export async function writeRegression(
  { terms }: Regression,
  path: string,
  { format, signal }: { readonly format: TableFormat; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  await checkRegressionTable(path);
  const rows = terms.map(
    ({ name, corrected, naive }): OutputRow => ({
      input: undefined,
      own: [name, ...figuresOf(corrected), ...figuresOf(naive)],
    }),
  );
  await writeTable(path, { format, own: columns }, rows, { signal });
}

function figuresOf({ estimate, standardError, z, p, interval }: Coefficient) {
  return [estimate, standardError, z, p, interval?.low, interval?.high];
}
