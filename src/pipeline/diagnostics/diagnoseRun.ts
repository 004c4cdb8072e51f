import { type CodebookPhrase, codebookPhrases } from "../../codebook/codebook.ts";
import { UserError } from "../../errors.ts";
import type { Encoder } from "../../model/openEncoder.ts";
import type { MacroF1Change } from "../../stats/macroF1Change.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import { goldRuleText } from "../../validation/goldStandard.ts";
import { textsOfPhrase } from "../embedPhrases.ts";
import type { PhraseEncoder } from "../phraseEncoder.ts";
import type { RunVectors } from "../runVectors.ts";
import { openSample } from "../samples/openSample.ts";
import { compareScorings } from "./compareScorings.ts";
import { goldQuality, readDiagnosticGold } from "./diagnosticGold.ts";
import type {
  DiagnosticGoldSummary,
  Diagnostics,
  Known,
  PhraseDiagnosis,
  WithoutPhrase,
} from "./diagnostics.ts";
import { bootstrapDraws, type GoldUnits, goldUnits } from "./goldUnits.ts";
import { phraseSimilarities } from "./phraseSimilarities.ts";
import { promptStability } from "./promptStability.ts";
import { type RunScores, readRunScores } from "./runScores.ts";
import { weakPoints } from "./weakPoints.ts";

/** What `diagnoseRun` works with. */
export interface DiagnoseSpec {
  readonly study: Study;
  readonly run: Run;
  readonly runVectors: RunVectors;
  readonly phraseEncoder: PhraseEncoder;
  /** Whose gold units are used; by default the newest pilot or reliability sample that has any. */
  readonly sample?: string | undefined;
  /** Whether prompt stability is measured, which needs the text tower. */
  readonly templates?: boolean;
  /** Of the bootstrap and of the images under templates; 1 unless told. */
  readonly seed?: number;
  /** Whether a look at a sample's gold units is noted in the study; it is unless told. */
  readonly notesLook?: boolean;
  /** ISO 8601 */
  readonly now: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Diagnoses a run's codebook from stored embeddings: what each phrase is worth, how alike phrases are, what the scoring rule and the wording
 * decide. No image goes through a tower. A look at a sample's gold units is noted when all is known.
 * @throws UserError for a sample that is not there, and an embedding that was damaged in the study
 * @throws the signal's reason when aborted
 */
export async function diagnoseRun(spec: DiagnoseSpec): Promise<Diagnostics> {
  const { study, run, phraseEncoder, templates = true, notesLook = true, seed = 1, signal } = spec;
  const { codebook } = run;
  const phrases = codebookPhrases(codebook);
  const read = readDiagnosticGold(study, run, spec.sample);
  const scores = await readRunScores(spec, run, signal);
  const { answers } = scores;
  const gold: Known<GoldUnits> =
    "why" in read ? read : goldUnits(read, answers, codebook.categories.length, seed);
  const { similarities, rivals } = phraseSimilarities(
    phrases,
    scores.phraseEmbeddings,
    scores.categoryEmbeddings,
  );
  const without = await leaveOneOut(phrases, scores, gold);
  const precisions = "why" in gold ? phrases.map(() => gold) : gold.precisions(phrases.length);
  const known = await knownEncoder(phraseEncoder, run);
  const encoder = "why" in known ? undefined : known.encoder;
  const units = answers.categories.length;
  const shareOf = (count: number) => (units > 0 ? count / units : undefined);
  const counts = countsOf(answers.categories, codebook.categories.length);
  const wins = countsOf(answers.phrases, phrases.length);
  const found: Omit<Diagnostics, "weakPoints"> = {
    runId: run.id,
    modelName: run.modelName,
    scoring: run.scoring,
    units,
    failedUnits: study.runs.counts(run.id).failed,
    categories: codebook.categories.map(({ name }, category) => {
      const count = counts[category] as number;
      return { name, count, share: shareOf(count) };
    }),
    phrases: phrases.map(({ text, categoryIndex }, phrase): PhraseDiagnosis => {
      const won = wins[phrase] as number;
      return {
        text,
        category: categoryIndex,
        wins: won,
        share: shareOf(won),
        precision: precisions[phrase] as PhraseDiagnosis["precision"],
        nearestRival: rivals[phrase] as PhraseDiagnosis["nearestRival"],
        tokens:
          encoder && Math.max(...textsOfPhrase(codebook, text).map((filled) => encoder.countTokens(filled))),
        without: without[phrase] as Known<WithoutPhrase>,
      };
    }),
    similarities,
    scorings: await compareScorings(run, scores, gold),
    templates: templates
      ? await promptStability({ study, run, answers, phraseEncoder, encoder, seed, signal })
      : { why: "not asked for" },
    gold: "why" in gold ? gold : summaryOf(gold, answers.categories, codebook.categories.length, seed),
    contextLength: "why" in known ? known : { tokens: known.encoder.contextLength },
  };
  if (!("why" in read) && notesLook) openSample(study, read.coded.sample, [run], "check", spec.now);
  return { ...found, weakPoints: weakPoints(found) };
}

async function leaveOneOut(
  phrases: readonly CodebookPhrase[],
  scores: RunScores,
  gold: Known<GoldUnits>,
): Promise<readonly Known<WithoutPhrase>[]> {
  const { categories } = scores.answers;
  const moved: (number | undefined)[] = [];
  const ofGold: (readonly number[] | undefined)[] = [];
  for (const phrase of phrases.keys()) {
    const without = await scores.categoriesWithout(phrase);
    moved.push(without?.reduce((sum, category, unit) => sum + (category === categories[unit] ? 0 : 1), 0));
    ofGold.push(without === undefined || "why" in gold ? undefined : gold.categoriesOf(without));
  }
  // All phrases by the same draws.
  const changes = "why" in gold ? [] : gold.changesTo(ofGold.filter((list) => list !== undefined));
  let next = 0;
  return moved.map((count, phrase): Known<WithoutPhrase> => {
    if (count === undefined) return { why: "the only phrase of its category" };
    const macroF1 =
      "why" in gold || ofGold[phrase] === undefined
        ? (gold as { why: string })
        : (changes[next++] as MacroF1Change);
    return {
      moved: count,
      share: categories.length > 0 ? count / categories.length : undefined,
      macroF1,
    };
  });
}

/** The run's encoder, for its tokenizer. */
async function knownEncoder(
  phraseEncoder: PhraseEncoder,
  run: Run,
): Promise<Known<{ readonly encoder: Encoder }>> {
  try {
    return { encoder: await phraseEncoder.encoderOf(run) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { why: error.message };
  }
}

function summaryOf(
  { gold, categoriesOf }: GoldUnits,
  categories: Int32Array,
  categoryCount: number,
  seed: number,
): DiagnosticGoldSummary {
  const { sample, rule, adjudications } = gold.coded;
  return {
    sample: sample.name,
    purpose: sample.purpose,
    rule: goldRuleText(rule, adjudications.length),
    units: gold.truth.length,
    uncoveredStrata: gold.response.uncovered.length,
    quality: goldQuality(gold, categoriesOf(categories), categoryCount),
    bootstrapDraws,
    seed,
  };
}

function countsOf(indices: Int32Array, size: number): readonly number[] {
  const counts = new Array<number>(size).fill(0);
  for (const index of indices) counts[index] = (counts[index] as number) + 1;
  return counts;
}
