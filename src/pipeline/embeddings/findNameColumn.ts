import { UserError } from "../../errors.ts";
import { findImageColumn } from "../../tables/findImageColumn.ts";
import type { InputRow } from "../../tables/inputTable.ts";

/** What clip-retrieval calls its columns, the most telling first. */
const usualNames = ["image_path", "url"];

/**
 * Which column names the images that vectors are of, as an index: the requested one, `image_path`, `url`, or one that looks like
 * paths of images. Addresses are names here, and never fetched.
 * @throws UserError where it cannot be told
 */
export function findNameColumn(
  path: string,
  columns: readonly string[],
  sample: readonly Pick<InputRow, "cells">[],
  requested: string | undefined,
): number {
  const wanted = requested ?? usualNames.find((name) => columns.includes(name));
  const found = wanted === undefined ? -1 : columns.indexOf(wanted);
  if (found >= 0) return found;
  if (requested !== undefined) {
    throw new UserError(
      `${path}: there is no column "${requested}", only ${columns.map((name) => `"${name}"`).join(", ")}`,
      { hint: "give --image-column one of these names, in the same spelling" },
    );
  }
  try {
    return findImageColumn(columns, sample);
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError(`${path}: ${cause.message}`, { hint: "name the column with --image-column", cause });
  }
}
