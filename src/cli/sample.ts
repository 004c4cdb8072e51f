import { UserError } from "../errors.ts";
import { addCoder, requireCoderName } from "../pipeline/samples/addCoder.ts";
import { addTrainingRound } from "../pipeline/samples/addTrainingRound.ts";
import { drawStudySample, type WantedSample } from "../pipeline/samples/drawStudySample.ts";
import { listSamples, sampleProgress } from "../pipeline/samples/listSamples.ts";
import { planStudySample } from "../pipeline/samples/planStudySample.ts";
import { readSampleFrame } from "../pipeline/samples/readSampleFrame.ts";
import { requireSample } from "../pipeline/samples/requireSample.ts";
import { plannedOverlaps, sampleOverlaps } from "../pipeline/samples/sampleOverlap.ts";
import { openStudy, type Study } from "../store/openStudy.ts";
import type { Sample } from "../store/sampleStore.ts";
import { categorySizes } from "../validation/frameStrata.ts";
import { inclusionProbabilities } from "../validation/inclusionProbabilities.ts";
import type { SamplePurpose } from "../validation/sampleSpec.ts";
import { completeDesign, type WantedDesign } from "../validation/suggestDesign.ts";
import { chooseRun } from "./chooseRun.ts";
import { offlineText, writeOfflinePages } from "./sampleOffline.ts";
import { codersText, drawnText, listText, planText } from "./sampleText.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook sample`, as commander hands them over. */
export interface SampleOptions {
  readonly study: string;
  readonly name?: string;
  readonly purpose?: SamplePurpose;
  readonly design?: WantedDesign["kind"];
  readonly size?: number;
  readonly floor?: number;
  readonly least?: number;
  readonly seed?: number;
  readonly run?: number;
  readonly exclude?: readonly string[];
  readonly excludeReviewed?: boolean;
  readonly excludeExamples?: boolean;
  readonly sealed?: boolean;
  readonly coders?: string;
  readonly adjudicator?: string;
  readonly offline?: string;
  readonly plan?: boolean;
  readonly list?: boolean;
  readonly from?: string;
  readonly passMark?: number;
  readonly json?: boolean;
}

/** Options that say what is drawn; without any of them a sample that exists can be given coders. */
const drawingOptions = [
  "purpose",
  "design",
  "size",
  "floor",
  "least",
  "seed",
  "run",
  "exclude",
  "excludeReviewed",
  "excludeExamples",
  "sealed",
  "from",
  "passMark",
] as const satisfies readonly (keyof SampleOptions)[];

/** A training round passes with four answers of five right, unless told. */
const defaultPassMark = 0.8;

/**
 * `clipbook sample`: draws a sample and gives coders their links; with `--plan` or `--list` nothing is drawn.
 * @throws UserError for what `drawStudySample`, `addTrainingRound` and `addCoder` refuse, and options that contradict each other
 */
export async function runSample(options: SampleOptions, terminal: Terminal): Promise<void> {
  requireOneMeaning(options);
  const study = openStudy(options.study, { mustExist: true });
  try {
    if (options.list) list(study, options, terminal);
    else if (options.plan) plan(study, options, terminal);
    else await draw(study, options, terminal);
  } finally {
    study.close();
  }
}

/** @throws UserError */
function requireOneMeaning(options: SampleOptions): void {
  const { list, plan, from, passMark, design, least, floor, offline } = options;
  if (list && (plan || drawingOptions.some((key) => options[key] !== undefined)))
    throw new UserError("--list draws nothing, so that nothing can be said of a drawing", {
      hint: "leave the other options away",
    });
  if (offline !== undefined && (list || plan || from !== undefined))
    throw new UserError("--offline writes pages of a sample; not with --list, --plan or a training round", {
      hint: "leave one of them away",
    });
  if (plan && from !== undefined)
    throw new UserError("a training round needs no plan: nothing is estimated from it", {
      hint: "leave --plan or --from away",
    });
  if (passMark !== undefined && from === undefined)
    throw new UserError("--pass-mark is for a training round, whose right answers are known", {
      hint: "say where from: --from SAMPLE, or --from examples",
    });
  if (from !== undefined && (options.purpose ?? "training") !== "training")
    throw new UserError(`a ${options.purpose} sample has no known answers`, { hint: "leave --from away" });
  if (from === undefined && options.purpose === "training")
    throw new UserError("a training round needs images whose category is known", {
      hint: "say where from: --from SAMPLE, or --from examples",
    });
  if (least !== undefined && design !== "uncertainty")
    throw new UserError("--least belongs to --design uncertainty", { hint: "leave one of them away" });
  if (floor !== undefined && (design === "simple" || design === "uncertainty"))
    throw new UserError(`--floor does nothing with --design ${design}`, {
      hint: "a floor belongs to stratified and split designs",
    });
}

function list(study: Study, { json }: SampleOptions, { stdout }: Terminal): void {
  const samples = listSamples(study);
  const freezes = study.samples.freezes();
  if (json) stdout(`${JSON.stringify({ samples, freezes })}\n`);
  else stdout(listText(samples, freezes));
}

function plan(study: Study, options: SampleOptions, { stdout }: Terminal): void {
  const { run, wanted } = wantedOf(study, options);
  const frame = readSampleFrame(study, run, wanted.exclusions);
  const sizes = categorySizes(frame, run.codebook.categories.length);
  const planned = planStudySample(run, frame, completeDesign(wanted.purpose, wanted.design, sizes));
  const inclusion = inclusionProbabilities(frame, planned.design, run.codebook.categories.length);
  const overlaps = plannedOverlaps(study, frame, inclusion);
  if (options.json) stdout(`${JSON.stringify({ runId: run.id, ...planned, overlaps })}\n`);
  else stdout(planText(run, planned, overlaps));
}

async function draw(study: Study, options: SampleOptions, terminal: Terminal): Promise<void> {
  const now = new Date().toISOString();
  const coders = namesOf(options.coders).map(requireCoderName);
  const adjudicators = options.adjudicator === undefined ? [] : [requireCoderName(options.adjudicator)];
  const known = maybeKnown(study, options);
  if (options.offline !== undefined) requireSomeCoder(study, known, coders);
  const unusable: string[] = [];
  const sample = known ?? (options.from === undefined ? drawnSample() : trainingRound(options.from));
  for (const coder of coders) addCoder(study, sample, { coder, role: "coder", addedAt: now });
  for (const coder of adjudicators) addCoder(study, sample, { coder, role: "adjudicator", addedAt: now });
  const { offline } = options;
  const pages =
    offline === undefined
      ? undefined
      : await writeOfflinePages(study, sample, { directory: offline, now }, terminal);
  const progress = sampleProgress(study, sample);
  const overlaps = sampleOverlaps(study, sample);
  if (options.json) {
    terminal.stdout(
      `${JSON.stringify({ isNew: known === undefined, sample: progress, overlaps, unusable, offline: pages })}\n`,
    );
    return;
  }
  if (known !== undefined)
    terminal.stderr(`sample "${known.name}" is as it was drawn on ${known.drawnAt.slice(0, 10)}\n`);
  for (const name of unusable)
    terminal.stderr(`left out: ${name} is no image of the run, or of two categories\n`);
  const run = chooseRun(study, sample.runId);
  const drawn = known === undefined ? drawnText(run, progress, overlaps) : "";
  terminal.stdout(`${drawn}${codersText(progress)}${pages === undefined ? "" : offlineText(pages)}`);

  function drawnSample(): Sample {
    const { run, wanted } = wantedOf(study, options);
    return drawStudySample(study, run, wanted, now);
  }

  function trainingRound(from: string): Sample {
    const added = addTrainingRound(study, {
      name: options.name ?? "training",
      passMark: options.passMark ?? defaultPassMark,
      from:
        from === "examples"
          ? { examples: true, run: chooseRun(study, options.run) }
          : { sample: requireSample(study, from), rule: { kind: "majority" } },
      size: options.size,
      seed: options.seed ?? 1,
      drawnAt: now,
    });
    unusable.push(...added.unusable);
    return added.sample;
  }
}

/** A sample that exists and is only given coders; undefined where one is to be drawn. */
function maybeKnown(study: Study, options: SampleOptions): Sample | undefined {
  const isDrawing = drawingOptions.some((key) => options[key] !== undefined);
  if (isDrawing) return undefined;
  if (options.offline !== undefined && options.name === undefined && study.samples.list().length > 0)
    return requireSample(study, undefined);
  if ((options.coders ?? options.adjudicator ?? options.offline) === undefined) return undefined;
  return study.samples.maybeByName(nameOf(options));
}

/** @throws UserError where pages would be written for nobody */
function requireSomeCoder(study: Study, known: Sample | undefined, coders: readonly string[]): void {
  const before = known === undefined ? [] : study.samples.coders(known.id);
  if (coders.length > 0 || before.some(({ role }) => role === "coder")) return;
  throw new UserError("a page is written for each coder, and there is none", {
    hint: "name them: --coders NAME,NAME",
  });
}

function nameOf({ name, purpose }: SampleOptions): string {
  return name?.normalize("NFC").trim() ?? purpose ?? "test";
}

function wantedOf(study: Study, options: SampleOptions) {
  const { design: kind, size, floor, least } = options;
  const wanted: WantedSample = {
    name: nameOf(options),
    purpose: options.purpose ?? "test",
    design: { kind, size, floor, least },
    seed: options.seed ?? 1,
    isSealed: options.sealed ?? false,
    exclusions: {
      samples: options.exclude ?? [],
      reviewed: options.excludeReviewed ?? false,
      examples: options.excludeExamples ?? false,
    },
  };
  return { run: chooseRun(study, options.run), wanted };
}

/** Names between commas, each once. */
function namesOf(text: string | undefined): readonly string[] {
  return [...new Set((text ?? "").split(",").map((name) => name.trim()))].filter((name) => name !== "");
}
