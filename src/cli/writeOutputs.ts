import { join } from "node:path";
import type { Writable } from "node:stream";
import { UserError } from "../errors.ts";
import { localDay } from "../localDay.ts";
import { makeOverview, type OverviewSpec } from "../pipeline/makeOverview.ts";
import { publishFiles } from "../pipeline/publishFiles.ts";
import { type ResultsSpec, writeResults } from "../pipeline/writeResults.ts";
import { writeTemporary } from "../pipeline/writeWhole.ts";
import { renderOverview } from "../report/renderOverview.tsx";
import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import { discardTemporary, temporaryPath } from "../temporaryFile.ts";

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
 * both, taken only when their content is complete.
 * @throws UserError when one cannot be written; a table that is finished stays
 */
export async function writeOutputs(study: Study, run: Run, spec: OutputSpec): Promise<Outputs> {
  const { output, overview } = spec;
  const unnamed = output === undefined ? temporaryPath(study.directory) : undefined;
  try {
    await writeResults(study, run, unnamed ?? (output as string | Writable), spec.results).catch((error) => {
      throw unnamed === undefined ? error : aboutItsName(error, unnamed, study, spec);
    });
    let page: string | undefined;
    try {
      const html = overview && renderOverview(await makeOverview(study, run, overview));
      page = html && (await writeTemporary(study.directory, html));
    } catch (error) {
      await publish(study, spec, unnamed, undefined);
      throw error;
    }
    const published = await publish(study, spec, unnamed, page);
    return {
      table: published.table ?? (typeof output === "string" ? output : undefined),
      overview: published.overview,
    };
  } catch (error) {
    if (unnamed) await discardTemporary(unnamed);
    throw error;
  }
}

/** An error about a file that has no name yet, as one about the name that it would have had. */
function aboutItsName(error: unknown, temporary: string, study: Study, spec: OutputSpec): unknown {
  if (!(error instanceof UserError && error.message.startsWith(temporary))) return error;
  const name = `${outputName(spec)}.${spec.results.format.kind}`;
  return new UserError(`${join(study.directory, name)}${error.message.slice(temporary.length)}`, {
    ...(error.hint !== undefined && { hint: error.hint }),
    cause: error,
  });
}

function outputName({ now }: OutputSpec): string {
  return `${localDay(now)}-CLIP-Classification`;
}

/** Gives the finished table and page, temporary files both, their names. */
async function publish(
  study: Study,
  spec: OutputSpec,
  table: string | undefined,
  page: string | undefined,
): Promise<Outputs> {
  const files = [
    ...(table ? [{ temporary: table, ending: `.${spec.results.format.kind}` }] : []),
    ...(page ? [{ temporary: page, ending: ".html" }] : []),
  ];
  const paths = await publishFiles(study.directory, outputName(spec), files);
  return { table: table && paths[0], overview: page && paths.at(-1) };
}
