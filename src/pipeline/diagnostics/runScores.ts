import {
  type Classifier,
  type ClassifierSpec,
  createClassifier,
  meanPhraseEmbeddings,
  type Scoring,
} from "../../classify.ts";
import { codebookPhrases } from "../../codebook/codebook.ts";
import { type Embeddings, embeddingAt, embeddings, matrixOf, stackEmbeddings } from "../../embeddings.ts";
import type { Study } from "../../store/openStudy.ts";
import type { RunAnswers } from "../../store/runAnswers.ts";
import type { Run } from "../../store/runStore.ts";
import { classifierOfRun } from "../classifierOfRun.ts";
import { answerUnits } from "../drafts/answerUnits.ts";
import { readRunAnswers } from "../drafts/readRunAnswers.ts";
import type { RunVectors } from "../runVectors.ts";

/** A run's units compared with all that its codebook's diagnosis asks for, so that no figure costs a product of its own. */
export interface RunScores {
  readonly answers: RunAnswers;
  /** What its classifiers are made of. */
  readonly spec: ClassifierSpec;
  /** `[P, dim]` */
  readonly phraseEmbeddings: Embeddings;
  /** Mean phrase embedding of each category, unit length. `[C, dim]` */
  readonly categoryEmbeddings: Embeddings;
  /** The units' categories by a rule; the run's own are the stored ones. `[n]` */
  categoriesBy(scoring: Scoring): Promise<Int32Array>;
  /**
   * The units' categories by the run's rule without a phrase; undefined for its category's only one, without which the category
   * could win nothing. `[n]`
   */
  categoriesWithout(phrase: number): Promise<Int32Array | undefined>;
}

/**
 * Reads what a run answered, and its cosines.
 * @throws UserError for an embedding that was damaged in the study
 * @throws the signal's reason when aborted
 */
export async function readRunScores(
  { study, runVectors }: { readonly study: Study; readonly runVectors: RunVectors },
  run: Run,
  signal?: AbortSignal,
): Promise<RunScores> {
  const phrases = codebookPhrases(run.codebook);
  const categoryCount = run.codebook.categories.length;
  const { values, dim } = classifierOfRun(study, run).references;
  const phraseEmbeddings = embeddings(values.subarray(0, phrases.length * dim), dim);
  const categoryEmbeddings = meanPhraseEmbeddings(phrases, phraseEmbeddings, categoryCount);
  const { probabilityKind, logitScale, logitBias, scoring } = run;
  const spec: ClassifierSpec = {
    phrases,
    phraseEmbeddings,
    categoryCount,
    scoring,
    probabilityKind,
    logitScale,
    logitBias,
  };
  const reduced = phrases.map((_, phrase) => maybeWithout(spec, phrase));
  // Only a mean changes its direction when a phrase is left out.
  const newMeans = reduced.map((classifier, phrase) =>
    classifier === undefined || scoring !== "mean"
      ? undefined
      : embeddingAt(classifier.references, phrases.length - 1 + (phrases[phrase]?.categoryIndex as number)),
  );
  const present = newMeans.filter((mean) => mean !== undefined);
  const asked = [phraseEmbeddings, categoryEmbeddings, matrixOf(present, dim)];
  const { columns } = await runVectors.cosinesWith(
    run,
    stackEmbeddings(asked.filter(({ count }) => count > 0)),
    signal,
  );
  const phraseColumns = columns.slice(0, phrases.length);
  const meanColumns = columns.slice(phrases.length, phrases.length + categoryCount);
  let next = phrases.length + categoryCount;
  const newMeanColumns = newMeans.map((mean) => (mean === undefined ? undefined : columns[next++]));
  const answers = await readRunAnswers(study, run.id);
  return {
    answers,
    spec,
    phraseEmbeddings,
    categoryEmbeddings,
    categoriesBy: async (rule) => {
      if (rule === scoring) return answers.categories;
      const classifier = createClassifier({ ...spec, scoring: rule });
      const needed = rule === "mean" ? [...phraseColumns, ...meanColumns] : phraseColumns;
      return (await answerUnits(classifier, needed, signal)).categories;
    },
    categoriesWithout: async (phrase) => {
      const classifier = reduced[phrase];
      if (classifier === undefined) return undefined;
      const category = phrases[phrase]?.categoryIndex as number;
      const left = phraseColumns.filter((_, other) => other !== phrase);
      const means = meanColumns.map((column, c) => (c === category ? newMeanColumns[phrase] : column));
      const needed = scoring === "mean" ? [...left, ...(means as readonly Float32Array[])] : left;
      // Under `max` only what the phrase won can change, under `sum` only what its category won.
      const units =
        scoring === "max"
          ? indicesOf(answers.phrases, phrase)
          : scoring === "sum"
            ? indicesOf(answers.categories, category)
            : undefined;
      if (units === undefined) return (await answerUnits(classifier, needed, signal)).categories;
      const some = needed.map((column) => Float32Array.from(units, (unit) => column[unit] as number));
      const changed = await answerUnits(classifier, some, signal);
      const categories = answers.categories.slice();
      units.forEach((unit, i) => {
        categories[unit] = changed.categories[i] as number;
      });
      return categories;
    },
  };
}

/** The classifier without a phrase; undefined for its category's only one. */
function maybeWithout(spec: ClassifierSpec, phrase: number): Classifier | undefined {
  const { phrases, phraseEmbeddings } = spec;
  const category = phrases[phrase]?.categoryIndex;
  const isKept = (_: unknown, other: number) => other !== phrase;
  const left = phrases.filter(isKept);
  if (!left.some(({ categoryIndex }) => categoryIndex === category)) return undefined;
  const rows = phrases.map((_, p) => embeddingAt(phraseEmbeddings, p)).filter(isKept);
  return createClassifier({ ...spec, phrases: left, phraseEmbeddings: matrixOf(rows, phraseEmbeddings.dim) });
}

function indicesOf(values: Int32Array, wanted: number): readonly number[] {
  const indices: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] === wanted) indices.push(i);
  return indices;
}
