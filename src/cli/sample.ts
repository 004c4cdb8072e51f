import { UserError } from "../errors.ts";
import { addCoder, requireCoderName, requireNoNamesake } from "../pipeline/samples/addCoder.ts";
import { addTrainingRound } from "../pipeline/samples/addTrainingRound.ts";
import { countSeenImages } from "../pipeline/samples/countSeenImages.ts";
import { countUnseen } from "../pipeline/samples/countUnseen.ts";
import { drawStudySample, type WantedSample } from "../pipeline/samples/drawStudySample.ts";
import { listSamples, sampleProgress } from "../pipeline/samples/listSamples.ts";
import { planStudySample } from "../pipeline/samples/planStudySample.ts";
import { readSampleFrame } from "../pipeline/samples/readSampleFrame.ts";
import { requireSample } from "../pipeline/samples/requireSample.ts";
import { plannedOverlaps, sampleOverlaps } from "../pipeline/samples/sampleOverlap.ts";
import { openStudy, type Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import type { Sample } from "../store/sampleStore.ts";
import type { CodingRole } from "../validation/coding.ts";
import { categorySizes } from "../validation/frameStrata.ts";
import { inclusionProbabilities } from "../validation/inclusionProbabilities.ts";
import { namesOf } from "../validation/namesOf.ts";
import { completeDesign } from "../validation/suggestDesign.ts";
import { chooseRun } from "./chooseRun.ts";
import { offlineText, writeOfflinePages } from "./sampleOffline.ts";
import { drawingOptions, requireOneMeaning, type SampleOptions } from "./sampleOptions.ts";
import { codersText, drawnText, listText, planText, seenText, unseenText } from "./sampleText.ts";
import type { Terminal } from "./terminal.ts";

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

function list(study: Study, { json }: SampleOptions, { stdout }: Terminal): void {
  const samples = listSamples(study);
  const freezes = study.samples.freezes();
  if (json) stdout(`${JSON.stringify({ samples, freezes })}\n`);
  else stdout(listText(samples, freezes));
}

function plan(study: Study, options: SampleOptions, { stdout, stderr }: Terminal): void {
  const { run, wanted } = wantedOf(study, options);
  const frame = readSampleFrame(study, run, wanted.exclusions);
  const sizes = categorySizes(frame, run.codebook.categories.length);
  const planned = planStudySample(run, frame, completeDesign(wanted.purpose, wanted.design, sizes));
  stderr(seenNote(study, run, wanted));
  const inclusion = inclusionProbabilities(frame, planned.design, run.codebook.categories.length);
  const overlaps = plannedOverlaps(study, frame, inclusion);
  if (options.json) stdout(`${JSON.stringify({ runId: run.id, ...planned, overlaps })}\n`);
  else stdout(planText(run, planned, overlaps));
}

async function draw(study: Study, options: SampleOptions, terminal: Terminal): Promise<void> {
  const now = new Date().toISOString();
  const coders = namesOf(options.coders ?? "").map(requireCoderName);
  const adjudicators = options.adjudicator === undefined ? [] : [requireCoderName(options.adjudicator)];
  const known = maybeKnown(study, options);
  if (options.offline !== undefined) requireSomeCoder(study, known, coders);
  requireAddable(study, known, "coder", coders);
  requireAddable(study, known, "adjudicator", adjudicators);
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
  terminal.stderr(unseenText(countUnseen(study, sample), progress.size));
  const run = chooseRun(study, sample.runId);
  const drawn = known === undefined ? drawnText(run, progress, overlaps) : "";
  terminal.stdout(`${drawn}${codersText(progress)}${pages === undefined ? "" : offlineText(pages)}`);

  function drawnSample(): Sample {
    const { run, wanted } = wantedOf(study, options);
    const note = seenNote(study, run, wanted);
    const drawn = drawStudySample(study, run, wanted, now);
    terminal.stderr(note);
    return drawn;
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
  const known = study.samples.maybeByName(nameOf(options));
  const names = study.samples.list().map(({ name }) => `"${name}"`);
  if (known === undefined && options.name !== undefined && names.length > 0)
    throw new UserError(`there is no sample "${options.name}"`, {
      hint: `there are ${names.join(", ")}; to draw another one, say what it is for: --purpose test`,
    });
  return known;
}

/** @throws UserError before anything is drawn, for whom `addCoder` would refuse afterwards */
function requireAddable(
  study: Study,
  sample: Sample | undefined,
  role: CodingRole,
  names: readonly string[],
): void {
  if (role === "adjudicator" && names.length > 0 && sample?.purpose === "training")
    throw new UserError(`"${sample.name}" is a training round: its right answers are known`, {
      hint: "add adjudicators to other samples",
    });
  const known = sample === undefined ? [] : study.samples.coders(sample.id);
  const peers = known.filter((other) => other.role === role).map(({ coder }) => coder);
  for (const [at, name] of names.entries()) requireNoNamesake(name, [...peers, ...names.slice(0, at)]);
}

/** What a test would have that the codebook may have been fitted to, for stderr. */
function seenNote(study: Study, run: Run, { purpose, exclusions }: WantedSample): string {
  return purpose === "test" ? seenText(countSeenImages(study, run, exclusions)) : "";
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
