import { setImmediate as nextTurn } from "node:timers/promises";
import { type Codebook, codebookPhrases } from "../../codebook/codebook.ts";
import { embeddingAt, stackEmbeddings } from "../../embeddings.ts";
import { UserError } from "../../errors.ts";
import { openCosineProduct } from "../../model/cosineProduct.ts";
import type { Encoder } from "../../model/openEncoder.ts";
import { sampleIndices, seededRandom } from "../../seededRandom.ts";
import { alphaInterval } from "../../stats/alphaInterval.ts";
import { alphaPerCategory } from "../../stats/alphaPerCategory.ts";
import { alphaUndefinedReason } from "../../stats/krippendorffAlpha.ts";
import type { Study } from "../../store/openStudy.ts";
import type { RunAnswers } from "../../store/runAnswers.ts";
import type { Run } from "../../store/runStore.ts";
import { classifierOfTexts } from "../classifierOfRun.ts";
import { textsOfPhrase } from "../embedPhrases.ts";
import { sampledEmbeddings } from "../evaluation/imageScores.ts";
import type { PhraseEncoder } from "../phraseEncoder.ts";
import type { Known, PromptStability } from "./diagnostics.ts";
import { isEnglish, paraphraseTemplates } from "./paraphraseTemplates.ts";

/** Images that are compared at most: alpha's interval is narrow long before. */
export const mostTemplateImages = 20_000;

/** Images whose vectors are read and multiplied at once. */
const imagesPerBlock = 4096;

const reasons = {
  "no-pairable-unit": "there is no image to compare",
  "no-variation":
    "every image has the same category under every template: alpha is not defined without variation",
  "opposite-values": "alpha is not defined",
} as const;

/** What `promptStability` works with. */
export interface PromptStabilitySpec {
  readonly study: Study;
  readonly run: Run;
  readonly answers: RunAnswers;
  readonly phraseEncoder: PhraseEncoder;
  /** Counts tokens; undefined where the model is not at hand. */
  readonly encoder: Encoder | undefined;
  readonly seed: number;
  readonly mostImages?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Templates round the phrases as coders of the run's images, and Krippendorff's alpha across them: 1 where the wording decides nothing.
 * The codebook as it is is the first of them.
 * @throws UserError for an embedding that was damaged in the study
 * @throws the signal's reason when aborted
 */
export async function promptStability(spec: PromptStabilitySpec): Promise<Known<PromptStability>> {
  const { run, answers, phraseEncoder, encoder, seed, signal } = spec;
  const { codebook } = run;
  if (!isEnglish(codebook.language)) {
    return { why: `the templates are English, and the codebook's language is "${codebook.language}"` };
  }
  const own = codebook.templates.length === 0 ? ["{}"] : codebook.templates;
  const templates = paraphraseTemplates.filter((template) => own.length > 1 || template !== own[0]);
  const codebooks: readonly Codebook[] = [
    codebook,
    ...templates.map((template) => ({ ...codebook, templates: [template] })),
  ];
  const texts = codebooks.map(textsOf);
  let vectors: Map<string, Float32Array>;
  try {
    vectors = await vectorsOf(phraseEncoder, run, [...new Set(texts.flat())]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { why: error.message };
  }
  signal?.throwIfAborted();
  const all = [...new Set(answers.imageIds)];
  const size = Math.min(all.length, spec.mostImages ?? mostTemplateImages);
  const chosen = sampleIndices(all.length, size, seededRandom(seed))
    .toSorted((a, b) => a - b)
    .map((index) => all[index] as number);
  const ratings = await categoriesUnder(
    codebooks.map((variant) =>
      classifierOfTexts({ ...run, codebook: variant }, (text) => vectors.get(text) as Float32Array),
    ),
    spec,
    chosen,
  );
  const alpha = alphaInterval(ratings);
  return {
    templates: codebooks.map((_, coder) => {
      const moved = ratings.filter((row) => row[coder] !== row[0]).length;
      return {
        template: coder === 0 ? undefined : (templates[coder - 1] as string),
        moved,
        share: size === 0 ? undefined : moved / size,
        cutShort: encoder === undefined ? undefined : cutShort(texts[coder] as readonly string[], encoder),
      };
    }),
    images: size,
    of: all.length,
    seed: size < all.length ? seed : undefined,
    alpha: alpha ?? { why: reasons[alphaUndefinedReason(ratings) ?? "no-variation"] },
    perCategory: alphaPerCategory(ratings, codebook.categories.length).map((category) => ({
      alpha: category.alpha,
      reason: category.reason,
    })),
  };
}

function textsOf(codebook: Codebook): readonly string[] {
  return codebookPhrases(codebook).flatMap(({ text }) => textsOfPhrase(codebook, text));
}

function cutShort(texts: readonly string[], { countTokens, contextLength }: Encoder): number {
  return texts.filter((text) => countTokens(text) > contextLength).length;
}

async function vectorsOf(
  phraseEncoder: PhraseEncoder,
  run: Run,
  texts: readonly string[],
): Promise<Map<string, Float32Array>> {
  const matrix = await phraseEncoder.embeddingsOf(run, texts);
  return new Map(texts.map((text, i) => [text, embeddingAt(matrix, i)]));
}

/** The images' categories by each classifier. `m classifiers, n images -> [n, m]` */
async function categoriesUnder(
  classifiers: readonly ReturnType<typeof classifierOfTexts>[],
  { study, run, signal }: PromptStabilitySpec,
  imageIds: readonly number[],
): Promise<readonly (readonly number[])[]> {
  const references = stackEmbeddings(classifiers.map((classifier) => classifier.references));
  const ratings: number[][] = [];
  // One product for all of them; each classifier takes its part of every row.
  const product = await openCosineProduct(references);
  try {
    for (let at = 0; at < imageIds.length; at += imagesPerBlock) {
      const block = sampledEmbeddings(study, run, imageIds.slice(at, at + imagesPerBlock));
      const cosines = await product.cosinesOf(block);
      const rows = Array.from({ length: block.count }, (): number[] => []);
      let from = 0;
      for (const classifier of classifiers) {
        const width = classifier.references.count;
        const part = new Float32Array(block.count * width);
        for (let row = 0; row < block.count; row++) {
          const start = row * references.count + from;
          part.set(cosines.subarray(start, start + width), row * width);
        }
        classifier.answersOf(part).forEach(({ category }, row) => {
          rows[row]?.push(category);
        });
        from += width;
      }
      ratings.push(...rows);
      await nextTurn();
      signal?.throwIfAborted();
    }
  } finally {
    await product.close();
  }
  return ratings;
}
