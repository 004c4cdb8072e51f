import { basename } from "node:path";
import { UserError } from "../errors.ts";

const saveFromProgram = "save it there as .csv (UTF-8), .jsonl or .parquet, and give that file";
const spreadsheet = `open it in your spreadsheet program and ${saveFromProgram.replace("there ", "")}`;

/** Endings of tables that Clipbook does not read, what such a file is, and what to do. */
const foreignTables: readonly (readonly [ending: RegExp, what: string, hint: string])[] = [
  [/\.(?:xlsx|xlsm|xlsb|xls|ods|numbers)$/i, "a spreadsheet", spreadsheet],
  [/\.(?:csv|tsv|jsonl|ndjson|parquet|json)\.(?:gz|bz2|xz|zst)$/i, "a compressed table", "unpack it first"],
  [/\.(?:sav|dta|rds|rda|rdata|sas7bdat)$/i, "a table of a statistics program", saveFromProgram],
  [/\.(?:feather|arrow)$/i, "an Arrow table", "save it as .parquet or .csv"],
  [/\.json$/i, "JSON", 'write one object per line into a file whose name ends in .jsonl: {"image": "a.jpg"}'],
  [/\.tab$/i, "a text file", "if it is a table, end its name in .csv (commas, semicolons) or .tsv (tabs)"],
];

const address = /^(?:[a-z][a-z0-9+.-]*:\/\/|data:image\/)/i;

/**
 * Looks at the name of an input for what people give where a table, a folder or pictures are wanted.
 * @throws UserError for an address (URL), and for a table of a kind that Clipbook does not read
 */
export function refuseForeignInput(input: string): void {
  if (address.test(input)) {
    const shown = input.length > 100 ? `${input.slice(0, 99)}…` : input;
    throw new UserError(
      `${shown}: this is an address (URL), and Clipbook reads files on this computer only`,
      {
        hint: /^file:/i.test(input)
          ? "give the path alone, without file://"
          : "download it, then give the file or the folder",
      },
    );
  }
  const found = foreignTables.find(([ending]) => ending.test(basename(input)));
  if (found === undefined) return;
  const [, what, hint] = found;
  throw new UserError(`${input}: this is ${what}, which Clipbook does not read`, { hint });
}
