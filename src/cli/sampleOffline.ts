import { type OfflineCodingFiles, writeOfflineCoding } from "../pipeline/samples/writeOfflineCoding.ts";
import type { Study } from "../store/openStudy.ts";
import type { Sample } from "../store/sampleStore.ts";
import { printable } from "./printable.ts";
import { formatCount, startProgressLine } from "./progressLine.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Writes a page for each coder of a sample that works without a server, with a line of progress on stderr.
 * @param directory is made when it is not there
 * @throws UserError for what `writeOfflineCoding` refuses
 */
export async function writeOfflinePages(
  study: Study,
  sample: Sample,
  { directory, now }: { readonly directory: string; readonly now: string },
  terminal: Terminal,
): Promise<OfflineCodingFiles> {
  const coders = study.samples.coders(sample.id).filter(({ role }) => role === "coder");
  const line = startProgressLine("Making pictures", undefined, terminal);
  try {
    return await writeOfflineCoding(
      study,
      sample,
      coders.map(({ coder }) => coder),
      directory,
      { now, signal: terminal.signal, onProgress: (done) => line.update(done) },
    );
  } finally {
    line.clear();
  }
}

/** What was written, for a terminal. */
export function offlineText({ files, images, missing }: OfflineCodingFiles): string {
  const lines = [
    ...files.map(({ path }) => printable(path)),
    `Each works in a browser without network; take in what comes back with clipbook import codings.`,
    ...(missing.length > 0
      ? [
          `${formatCount(missing.length)} of ${formatCount(images)} pictures could not be read and are missing`,
        ]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
