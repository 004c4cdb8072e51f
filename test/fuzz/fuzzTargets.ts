import { archiveTarget } from "./archiveTarget.ts";
import { codebookTarget } from "./codebookTarget.ts";
import { draftTarget } from "./draftTarget.ts";
import type { FuzzTarget } from "./fuzzTarget.ts";
import { npyTarget } from "./npyTarget.ts";
import { pictureTarget } from "./pictureTarget.ts";
import { sniffTarget } from "./sniffTarget.ts";
import { delimitedTarget, jsonLinesTarget, parquetTarget } from "./tableTargets.ts";

/** Everything that is fuzzed, by `npm run fuzz` and, for what was found once, by `npm test`. */
export const fuzzTargets: readonly FuzzTarget[] = [
  codebookTarget,
  draftTarget,
  delimitedTarget,
  jsonLinesTarget,
  parquetTarget,
  npyTarget,
  sniffTarget,
  pictureTarget,
  archiveTarget,
];

/** @throws RangeError for a name that no target has */
export function fuzzTargetOf(name: string): FuzzTarget {
  const target = fuzzTargets.find((candidate) => candidate.name === name);
  if (target === undefined)
    throw new RangeError(`no target "${name}": ${fuzzTargets.map((known) => known.name).join(", ")}`);
  return target;
}
