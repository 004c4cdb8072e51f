import { UserError } from "../errors.ts";
import { type ImportedFile, importCodings } from "../pipeline/samples/importCodings.ts";
import type { CoderNames } from "../pipeline/samples/nameCoders.ts";
import { requireSample } from "../pipeline/samples/requireSample.ts";
import { openStudy } from "../store/openStudy.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook import codings`, as commander hands them over. */
export interface ImportCodingsOptions {
  readonly study: string;
  readonly sample?: string;
  readonly coder?: readonly string[];
  readonly replace?: boolean;
  readonly json?: boolean;
}

/**
 * `clipbook import codings`: what coders did elsewhere, into a sample of the study.
 * @throws UserError for a study or sample that is not there, and for files that cannot be taken in; nothing is, then
 */
export async function runImportCodings(
  files: readonly string[],
  options: ImportCodingsOptions,
  terminal: Terminal,
): Promise<void> {
  const coders = coderNames(options.coder ?? []);
  const study = openStudy(options.study, { mustExist: true });
  try {
    const sample = requireSample(study, options.sample);
    const imported = await importCodings(study, sample, files, {
      coders,
      replace: options.replace,
      now: new Date().toISOString(),
    });
    if (options.json) {
      terminal.stdout(`${JSON.stringify({ sample: sample.name, ...imported })}\n`);
      return;
    }
    for (const file of imported.files) terminal.stdout(`${printable(fileLine(file))}\n`);
    if (imported.newCoders.length > 0) {
      terminal.stdout(`${printable(`new in sample "${sample.name}": ${imported.newCoders.join(", ")}`)}\n`);
    }
  } finally {
    study.close();
  }
}

function fileLine(file: ImportedFile): string {
  const { path, coders, codings, added, known, replaced, changed, withdrawn, unanswered } = file;
  const left = unanswered === 0 ? "" : `; ${unanswered} without an answer`;
  if (codings + withdrawn === 0) return `${path}: no codings${left}`;
  const what = `${codings} ${codings === 1 ? "coding" : "codings"} of ${coders.join(", ")}`;
  if (added + withdrawn === 0) return `${path}: ${what}, all of them there already: nothing was added${left}`;
  const parts = [`${added} added`];
  if (replaced > 0) parts.push(`of which ${replaced} in place of earlier ones`);
  if (changed > 0) parts.push(`of which ${changed} in place of an earlier file of the same page`);
  if (withdrawn > 0) parts.push(`${withdrawn} taken back since an earlier file`);
  if (known > 0) parts.push(`${known} there already`);
  return `${path}: ${what}: ${parts.join(", ")}${left}`;
}

/** @throws UserError for more than one name without the name that it stands for */
function coderNames(given: readonly string[]): CoderNames {
  const renamed = new Map<string, string>();
  let only: string | undefined;
  for (const text of given) {
    const at = text.indexOf("=");
    if (at > 0) renamed.set(text.slice(0, at), text.slice(at + 1));
    else if (only === undefined) only = text;
    else {
      throw new UserError(`--coder ${JSON.stringify(only)} and --coder ${JSON.stringify(text)}`, {
        hint: "one name only says who coded; for several, say who is who: --coder FROM=NAME",
      });
    }
  }
  return { only, renamed };
}
