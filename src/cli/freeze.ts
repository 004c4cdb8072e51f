import { freezeCodebook } from "../pipeline/samples/freezeCodebook.ts";
import { openStudy } from "../store/openStudy.ts";
import { chooseRun } from "./chooseRun.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook freeze`, as commander hands them over. */
export interface FreezeOptions {
  readonly study: string;
  readonly run?: number;
  readonly json?: boolean;
}

/**
 * `clipbook freeze`: records that what decides a run's answers is final.
 * @throws UserError for a study or run that is not there
 */
export async function runFreeze(options: FreezeOptions, terminal: Pick<Terminal, "stdout">): Promise<void> {
  const study = openStudy(options.study, { mustExist: true });
  try {
    const run = chooseRun(study, options.run);
    const before = study.samples.freezes().at(-1)?.id;
    const freeze = freezeCodebook(study, run, new Date().toISOString());
    const isNew = freeze.id !== before;
    if (options.json) {
      terminal.stdout(`${JSON.stringify({ ...freeze, isNew })}\n`);
      return;
    }
    const digest = freeze.sha256.slice(0, 12);
    const sealed = study.samples.list().filter(({ isSealed }) => isSealed).length;
    const lines = [
      isNew
        ? `frozen: codebook, model and settings of run ${run.id} are final (SHA-256 ${digest})`
        : `nothing to do: the same was frozen on ${freeze.frozenAt.slice(0, 10)} with run ${freeze.runId} (SHA-256 ${digest})`,
      ...(isNew && before !== undefined ? ["this replaces an earlier freeze; the report tells of both"] : []),
      ...(sealed > 0
        ? [`${sealed === 1 ? "1 sealed sample opens" : `${sealed} sealed samples open`} for it`]
        : []),
    ];
    terminal.stdout(`${lines.join("\n")}\n`);
  } finally {
    study.close();
  }
}
