import { rename, rm } from "node:fs/promises";
import type { Writable } from "node:stream";
import { makeOverview, type OverviewSpec } from "../pipeline/makeOverview.ts";
import { removeReserved, reserveNames } from "../pipeline/reserveNames.ts";
import { type ResultsSpec, writeResults } from "../pipeline/writeResults.ts";
import { temporaryPath, writeWhole } from "../pipeline/writeWhole.ts";
import { renderOverview } from "../report/renderOverview.tsx";
import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import { localDay } from "./localDay.ts";

/** What to write of a run, and where. */
export interface OutputSpec {
  readonly results: ResultsSpec;
  /** The table's file, or a stream; undefined: a new name in the study. */
  readonly output: string | Writable | undefined;
  /** undefined: no page. */
  readonly overview: OverviewSpec | undefined;
  readonly now: Date;
}

/** Where the files are; undefined for a stream, and for a page that was not wanted. */
export interface Outputs {
  readonly table: string | undefined;
  readonly overview: string | undefined;
}

/**
 * Writes the results table and the overview page. Names that nobody gave are new ones in the study, the same number for
 * both, taken only when their content is ready: no crash leaves an empty file under them.
 * @throws UserError when one cannot be written; a table that is finished stays
 */
export async function writeOutputs(study: Study, run: Run, spec: OutputSpec): Promise<Outputs> {
  const { output, overview } = spec;
  const table = output ?? temporaryPath(study.directory);
  await writeResults(study, run, table, spec.results);
  let page: string | undefined;
  try {
    page = overview && renderOverview(await makeOverview(study, run, overview));
  } catch (error) {
    if (output === undefined) await publish(study, spec, table as string, undefined);
    throw error;
  }
  const published = await publish(study, spec, output === undefined ? (table as string) : undefined, page);
  return {
    table: published.table ?? (typeof output === "string" ? output : undefined),
    overview: published.overview,
  };
}

/** Gives the finished table (a temporary file) and page their names. */
async function publish(
  study: Study,
  { results, now }: OutputSpec,
  table: string | undefined,
  page: string | undefined,
): Promise<Outputs> {
  const endings = [...(table ? [`.${results.format.kind}`] : []), ...(page ? [".html"] : [])];
  const reserved = await reserveNames(study.directory, `${localDay(now)}-CLIP-Classification`, endings);
  let unfilled = reserved;
  try {
    if (table) {
      await rename(table, reserved[0] as string);
      unfilled = reserved.slice(1);
    }
    if (page) await writeWhole(reserved.at(-1) as string, page);
    return { table: table && reserved[0], overview: page && reserved.at(-1) };
  } catch (error) {
    await removeReserved(unfilled);
    if (table) await rm(table, { force: true });
    throw error;
  }
}
