import { UserError } from "../errors.ts";
import { localDay, localIso } from "../localDay.ts";
import { makeOverview } from "../pipeline/makeOverview.ts";
import { publishFiles } from "../pipeline/publishFiles.ts";
import { requireReplaceable } from "../pipeline/replaceable.ts";
import { writeTemporary, writeWhole } from "../pipeline/writeWhole.ts";
import { renderOverview } from "../report/renderOverview.tsx";
import { openStudy, type Study } from "../store/openStudy.ts";
import { chooseRun } from "./chooseRun.ts";
import { definedOptions } from "./definedOptions.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook overview`, as commander hands them over. */
export interface OverviewOptions {
  readonly study: string;
  readonly run?: number;
  readonly output?: string;
  readonly images?: number;
  readonly seed?: number;
  readonly sort?: "probability" | "margin" | "name" | "random";
  readonly showPaths?: boolean;
  readonly json?: boolean;
}

/**
 * `clipbook overview`: the page of a run again, under a new name in the study unless one is given.
 * @throws UserError for a study or run that is not there, or a page that cannot be written
 */
export async function runOverview(options: OverviewOptions, terminal: Terminal): Promise<void> {
  if (options.output !== undefined) await checkPageName(options.output);
  const study = openStudy(options.study, { mustExist: true });
  try {
    const run = chooseRun(study, options.run);
    const now = new Date();
    const { images, seed, sort, showPaths } = options;
    const overview = await makeOverview(study, run, {
      ...definedOptions({ perCategory: images, seed, sort, showPaths }),
      writtenAt: localIso(now),
      signal: terminal.signal,
    });
    const path = await writePage(renderOverview(overview), study, options, localDay(now));
    terminal.stdout(
      options.json ? `${JSON.stringify({ runId: run.id, overview: path })}\n` : `${printable(path)}\n`,
    );
  } finally {
    study.close();
  }
}

/** @throws UserError for a name that is no page's, or a file there that is no page of Clipbook's */
async function checkPageName(output: string): Promise<void> {
  if (!/\.html?$/i.test(output)) {
    throw new UserError(`${output === "" ? '""' : output}: not the name of a page`, {
      hint: "end the name in .html",
    });
  }
  await requireReplaceable(output, ['<meta name="generator" content="Clipbook"']);
}

async function writePage(
  html: string,
  study: Study,
  { output }: OverviewOptions,
  day: string,
): Promise<string> {
  if (output !== undefined) {
    await writeWhole(output, html);
    return output;
  }
  const temporary = await writeTemporary(study.directory, html);
  const paths = await publishFiles(study.directory, `${day}-CLIP-Classification`, [
    { temporary, ending: ".html" },
  ]);
  return paths[0] as string;
}
