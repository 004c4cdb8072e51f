import { UserError } from "../errors.ts";
import { diagnoseRun } from "../pipeline/diagnostics/diagnoseRun.ts";
import { openPhraseEncoder } from "../pipeline/phraseEncoder.ts";
import { openRunVectors } from "../pipeline/runVectors.ts";
import { openStudy } from "../store/openStudy.ts";
import { chooseRun } from "./chooseRun.ts";
import { diagnosticsText } from "./diagnosticsText.ts";
import type { Terminal } from "./terminal.ts";

/** Options of `clipbook check --study`, as commander hands them over. */
export interface CheckStudyOptions {
  readonly study: string;
  readonly run?: number;
  readonly sample?: string;
  /** A model or folder in place of the one that the run names. */
  readonly model?: string;
  readonly templates: boolean;
  readonly json?: boolean;
}

/**
 * `clipbook check --study DIR`: how the codebook of a run works on its images, the weakest things first; everything with `--json`.
 * @throws UserError for a study, run or sample that is not there
 */
export async function checkStudy(
  { study: folder, run: runId, sample, model, templates, json }: CheckStudyOptions,
  terminal: Pick<Terminal, "stdout" | "columns" | "signal" | "environment">,
): Promise<void> {
  const study = openStudy(folder, { mustExist: true });
  const phraseEncoder = openPhraseEncoder(study, { model, environment: terminal.environment });
  try {
    const run = chooseRun(study, runId);
    const diagnostics = await diagnoseRun({
      study,
      run,
      runVectors: openRunVectors(study),
      phraseEncoder,
      sample,
      templates,
      now: new Date().toISOString(),
      signal: terminal.signal,
    });
    terminal.stdout(
      json
        ? `${JSON.stringify(diagnostics, undefined, 2)}\n`
        : diagnosticsText(diagnostics, { title: run.codebook.title, columns: terminal.columns }),
    );
  } finally {
    await phraseEncoder.close();
    study.close();
  }
}

/** Options of `clipbook check` that belong to one of its two forms only. */
export interface CheckForms {
  readonly study?: string;
  readonly run?: number;
  readonly sample?: string;
  readonly templates?: boolean;
}

/**
 * Tells the two forms of `clipbook check` apart: nothing that was named is left aside in silence.
 * @throws UserError for options of both
 */
export function requireOneForm(
  { study, run, sample, templates = true }: CheckForms,
  given: { readonly file: boolean; readonly scoring: boolean },
): void {
  if (study === undefined) {
    if (run === undefined && sample === undefined && templates) return;
    throw new UserError("--run, --sample and --no-templates are about a study", { hint: "add --study DIR" });
  }
  if (given.file) {
    throw new UserError("a codebook's file and --study are both named", {
      hint: "a study's run has its own codebook: leave out the file, or --study",
    });
  }
  if (given.scoring) {
    throw new UserError("--scoring does not go with --study", {
      hint: "a run has its own scoring, and all rules are compared",
    });
  }
}
