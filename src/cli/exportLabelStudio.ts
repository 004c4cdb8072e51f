import { requireSample } from "../pipeline/samples/requireSample.ts";
import { writeLabelStudio } from "../pipeline/samples/writeLabelStudio.ts";
import { openStudy } from "../store/openStudy.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook export label-studio`, as commander hands them over. */
export interface ExportLabelStudioOptions {
  readonly study: string;
  readonly sample?: string;
  readonly output: string;
  readonly json?: boolean;
}

/**
 * `clipbook export label-studio`: a sample's tasks and label configuration.
 * @throws UserError for a study or sample that is not there, and files that cannot be written
 */
export async function runExportLabelStudio(
  options: ExportLabelStudioOptions,
  terminal: Terminal,
): Promise<void> {
  const study = openStudy(options.study, { mustExist: true });
  try {
    const sample = requireSample(study, options.sample);
    const written = await writeLabelStudio(study, sample, options.output, { signal: terminal.signal });
    const { tasks, config, images, missing } = written;
    if (options.json) terminal.stdout(`${JSON.stringify({ sample: sample.name, ...written })}\n`);
    else terminal.stdout(`${printable(tasks)}\n${printable(config)}\n`);
    terminal.stderr(
      `${images} tasks. In Label Studio: make a project, paste label-config.xml as its labeling interface (Code), ` +
        "import tasks.json. Afterwards export as JSON, and: clipbook import codings FILE\n",
    );
    if (missing.length > 0) {
      terminal.stderr(`note: ${missing.length} images could not be read and have no task\n`);
      for (const name of missing.slice(0, 5)) terminal.stderr(`  ${printable(name)}\n`);
    }
  } finally {
    study.close();
  }
}
