import { UserError } from "../errors.ts";

/** @throws UserError if two columns of the user's table have the same name. `where` is the file, with its line. */
export function checkColumns(columns: readonly string[], where: string): void {
  const seen = new Map<string, number>();
  for (const [index, column] of columns.entries()) {
    const earlier = seen.get(column);
    if (earlier !== undefined) {
      const what = column === "" ? "have no name" : `are both called "${column}"`;
      throw new UserError(`${where}: columns ${earlier + 1} and ${index + 1} ${what}`, {
        hint: "give every column a name of its own",
      });
    }
    seen.set(column, index);
  }
}

/**
 * Checks that Clipbook's columns can stand beside the user's.
 * @throws UserError if a name is taken, or used twice among Clipbook's own.
 */
export function checkColumnNames(
  table: { readonly path: string; readonly columns: readonly string[] } | undefined,
  ownNames: readonly string[],
): void {
  const twice = ownNames.find((name, index) => ownNames.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UserError(`two of Clipbook's columns would be called "${twice}"`, {
      hint: "choose another prefix with --column-name",
    });
  }
  if (!table) return;
  const taken = ownNames.filter((name) => table.columns.includes(name));
  if (taken.length === 0) return;
  const names = taken.map((name) => `"${name}"`).join(", ");
  throw new UserError(
    `${table.path}: Clipbook would write ${names}, but the table has such a column already`,
    {
      hint: "choose another prefix with --column-name, or rename the column in the table",
    },
  );
}
