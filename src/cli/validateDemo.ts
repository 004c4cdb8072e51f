import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { simulatedAdjudicator, simulatedCoders } from "../../demo/simulateCoders.ts";
import { UserError } from "../errors.ts";
import { packageRoot } from "../packageRoot.ts";
import { readCodedSample } from "../pipeline/evaluation/codedSample.ts";
import { reliabilityOf } from "../pipeline/evaluation/reliabilityOf.ts";
import { drawStudySample } from "../pipeline/samples/drawStudySample.ts";
import { freezeCodebook } from "../pipeline/samples/freezeCodebook.ts";
import { placeNew } from "../placeNew.ts";
import { openStudy, type Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import type { Sample } from "../store/sampleStore.ts";
import { discardTemporary, temporaryPath } from "../temporaryFile.ts";
import type { Reliability } from "../validation/evaluation.ts";
import type { SamplePurpose } from "../validation/sampleSpec.ts";
import { chooseRun } from "./chooseRun.ts";
import { runClassify } from "./classify.ts";
import type { DemoOptions } from "./demo.ts";
import { type DrawnShares, drawnByImage, drawnShares } from "./drawnShares.ts";
import { runEvaluate } from "./evaluate.ts";
import { adjudicateBySimulation, codeBySimulation } from "./simulateCoding.ts";
import type { Terminal } from "./terminal.ts";
import { closingText, codedText, openingText, samplesText } from "./validateDemoText.ts";

/** Pictures that the worked example draws unless told otherwise. */
export const validatedCount = 1500;

/** Fewer pictures leave categories too small for a sample. */
const fewestPictures = 420;

/** The codebook of the example, in the package's `demo` and in the study. */
const codebookName = "misplaced-phrases.yaml";

/** What the example has made. */
export interface DemoValidation {
  readonly runId: number;
  readonly codebook: string;
  /** Of the reliability sample. */
  readonly reliability: Pick<Reliability, "units" | "alpha" | "coefficients">;
  readonly page: string | undefined;
  readonly files: readonly string[];
  readonly drawn: DrawnShares;
}

/** @throws UserError for too few pictures to draw samples from */
export function requireValidatable(count: number): void {
  if (count >= fewestPictures) return;
  throw new UserError(`${count} pictures are too few to validate anything with`, {
    hint: `draw at least ${fewestPictures}: --count ${validatedCount}`,
  });
}

/** Whether a folder has the worked example of a validation, be it unfinished. */
export function hasValidation(directory: string): boolean {
  if (!existsSync(join(directory, "clipbook.db")) || !existsSync(join(directory, codebookName))) return false;
  const study = openStudy(directory, { mustExist: true });
  try {
    return study.samples.maybeByName("reliability") !== undefined;
  } finally {
    study.close();
  }
}

/**
 * The worked example of a validation in the demo's study: classifies with a codebook that has mistakes, draws a reliability and a sealed
 * test sample, lets three simulated coders and an adjudicator code them, freezes, evaluates, and compares the corrected shares
 * with what was drawn. What is there already stays; the same pictures give the same figures.
 * @throws UserError for samples of the user's own in the study, and whatever the commands throw
 */
export async function validateDemo(
  directory: string,
  { json }: Pick<DemoOptions, "json">,
  terminal: Terminal,
): Promise<DemoValidation> {
  const print = json ? () => undefined : terminal.stdout;
  const quiet: Terminal = { ...terminal, stdout: () => undefined };
  const codebook = join(directory, codebookName);
  const isNew = !hasValidation(directory);
  print(openingText(directory, codebook, isNew));
  const newRunId = isNew ? await classifyWithMistakes(directory, codebook, quiet) : undefined;
  const { runId, reliability } = await codeAndFreeze(directory, newRunId, print, terminal.signal);
  const { evaluation, page, files } = await runEvaluate(
    {
      study: directory,
      sample: "test",
      target: "collection",
      output: join(directory, "validation.html"),
      files: join(directory, "validation"),
      page: true,
    },
    { ...terminal, stdout: print },
  );
  const drawn = await inStudy(directory, (study) => drawnShares(study, evaluation));
  print(closingText(directory, drawn));
  const { units, alpha, coefficients } = reliability;
  return { runId, codebook, reliability: { units, alpha, coefficients }, page, files, drawn };
}

/** Puts the codebook into the study, where one of the name stays, and classifies with it. @returns the run's id */
async function classifyWithMistakes(
  directory: string,
  codebook: string,
  terminal: Terminal,
): Promise<number> {
  const temporary = temporaryPath(directory);
  try {
    await copyFile(join(packageRoot, "demo", codebookName), temporary);
    if (!existsSync(codebook)) await placeNew(temporary, codebook);
  } finally {
    await discardTemporary(temporary);
  }
  const { summary } = await runClassify(
    [join(directory, "images")],
    {
      codebook,
      study: directory,
      model: "demo",
      precision: "float32",
      scoring: "max",
      columnName: "Classification",
      overview: false,
    },
    terminal,
  );
  return summary.runId;
}

async function codeAndFreeze(
  directory: string,
  newRunId: number | undefined,
  print: (text: string) => void,
  signal: AbortSignal,
): Promise<{ readonly runId: number; readonly reliability: Reliability }> {
  return inStudy(directory, (study) => {
    const run = chooseRun(study, newRunId ?? study.samples.maybeByName("reliability")?.runId);
    const drawn = drawnByImage(study, run);
    const coderNames = simulatedCoders.map(({ name }) => name);
    const reliabilitySample = sampleOf(study, run, { name: "reliability", seed: 1 });
    const testSample = sampleOf(study, run, { name: "test", seed: 1 });
    print(samplesText(directory, [reliabilitySample, testSample], coderNames));
    for (const [index, coder] of simulatedCoders.entries()) {
      codeBySimulation(study, reliabilitySample, coder, { drawn, seed: 100 + index, signal });
    }
    // What agreement is good enough is decided before the test is coded.
    const reliability = reliabilityOf(readCodedSample(study, reliabilitySample, run));
    for (const [index, coder] of simulatedCoders.entries()) {
      codeBySimulation(study, testSample, coder, { drawn, seed: 200 + index, signal });
    }
    const adjudicated = adjudicateBySimulation(study, testSample, simulatedAdjudicator, {
      drawn,
      seed: 300,
      signal,
    });
    const freeze = freezeCodebook(study, run, new Date().toISOString());
    print(codedText(directory, { reliability, adjudicated, run, digest: freeze.sha256 }));
    return { runId: run.id, reliability };
  });
}

/** The sample of a name, drawn where it is not there yet. @throws UserError for one from another run */
function sampleOf(
  study: Study,
  run: Run,
  { name, seed }: { readonly name: SamplePurpose; readonly seed: number },
): Sample {
  const known = study.samples.maybeByName(name);
  if (known !== undefined) {
    if (known.runId === run.id && known.purpose === name) return known;
    throw new UserError(`the study has a sample "${name}" that is not the example's`, {
      hint: "name another folder: clipbook demo DIR --validate",
    });
  }
  const isTest = name === "test";
  const exclusions = { samples: isTest ? ["reliability"] : [], reviewed: false, examples: false };
  return drawStudySample(
    study,
    run,
    { name, purpose: name, design: {}, seed, isSealed: isTest, exclusions },
    new Date().toISOString(),
  );
}

async function inStudy<Answer>(
  directory: string,
  work: (study: Study) => Answer | Promise<Answer>,
): Promise<Answer> {
  const study = openStudy(directory, { mustExist: true });
  try {
    return await work(study);
  } finally {
    study.close();
  }
}
