import { type ClassifierSpec, rankCategories, scoreUnits } from "../classify.ts";
import { type Codebook, codebookPhrases } from "../codebook/codebook.ts";
import { type Embeddings, embeddingAt, matrixOf, meanEmbedding } from "../embeddings.ts";
import { UserError } from "../errors.ts";
import { sharedDecoders } from "../images/decoding/sharedDecoders.ts";
import { ImageFailure } from "../images/imageFailure.ts";
import type { IgnoredFile, Unit } from "../images/unit.ts";
import { withFileBytes } from "../images/withFileBytes.ts";
import type { Encoder } from "../model/openEncoder.ts";
import { type CosineSummary, startCosineSummary } from "./cosineSummary.ts";
import { textsOfPhrase } from "./embedPhrases.ts";
import { defaultBatchSize } from "./indexImages.ts";
import type { LoadedCodebook } from "./loadCodebook.ts";
import type { Inputs } from "./openInputs.ts";
import { requirePhraseLengths } from "./requirePhraseLengths.ts";
import { sampleUnits } from "./sampleUnits.ts";
import { startTowerRace, type TowerSpeed } from "./towerRace.ts";

/** What to compare, and on what. */
export interface ComparisonSpec {
  readonly float32: Encoder;
  readonly int8: Encoder;
  readonly codebook: LoadedCodebook;
  readonly inputs: Inputs;
  /** Pictures to draw at random; 0 for all. */
  readonly images: number;
  readonly random: () => number;
  readonly signal?: AbortSignal;
  /** Called before the first batch and after every one, failed pictures included. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Called for each picture that cannot be used. */
  readonly onFailure?: (unit: string, failure: { readonly code: string; readonly sentence: string }) => void;
}

/** A picture that the two encoders sort into different categories. */
export interface ChangedCategory {
  readonly unit: string;
  readonly float32: string;
  readonly int8: string;
}

/** How far an int8 encoder is from the float32 one it was made from. */
export interface Comparison {
  /** Pictures that there are, that were compared, and that could not be used. */
  readonly found: number;
  readonly compared: number;
  readonly failed: number;
  readonly imageCosines: CosineSummary;
  readonly phraseCosines: CosineSummary;
  /** Pictures with the same category, and their share, 0..1. */
  readonly agreeing: number;
  readonly agreement: number;
  readonly changed: readonly ChangedCategory[];
  readonly speed: TowerSpeed;
}

/** Rounds that are timed at least: few pictures are embedded again for the clock. */
const leastRounds = 5;

/**
 * Embeds pictures and phrases with both encoders and compares embeddings, categories (by the best phrase) and the speed
 * of the image towers. Both get the same pixels in the same rounds; nothing is stored.
 * @throws UserError for a phrase that is too long, or when no picture could be compared
 * @throws the signal's reason when aborted
 */
export async function compareEncoders(spec: ComparisonSpec): Promise<Comparison> {
  const { float32, int8, inputs, signal } = spec;
  const { codebook } = spec.codebook;
  requirePhraseLengths(spec.codebook, float32, false);
  const sample =
    spec.images === 0 ? undefined : await sampleUnits(inputs.units(signal), spec.images, spec.random, signal);
  const total = sample?.units.length ?? (await inputs.count(signal));
  const phraseCosines = startCosineSummary();
  const [exactSpec, roundedSpec] = await comparePhrases(spec, codebook, phraseCosines);
  const imageCosines = startCosineSummary();
  const race = startTowerRace(float32, int8);
  const changed: ChangedCategory[] = [];
  let [compared, failed] = [0, 0];
  spec.onProgress?.(0, total);
  let mostViews: readonly Uint8Array[] = [];
  for await (const batch of batchesOf(sample?.units ?? inputs.units(signal))) {
    signal?.throwIfAborted();
    const usable = (await Promise.all(batch.map((unit) => maybeView(unit, spec)))).filter(
      (one) => one !== undefined,
    );
    failed += batch.length - usable.length;
    if (usable.length > 0) {
      const views = usable.map(({ pixels }) => pixels);
      if (views.length >= mostViews.length) mostViews = views;
      const both = await race.embedBoth(views);
      const names = usable.map(({ name }) => name);
      imageCosines.add(both.float32, both.int8, names);
      const [before, after] = [answersOf(both.float32, exactSpec), answersOf(both.int8, roundedSpec)];
      names.forEach((unit, i) => {
        const [one, other] = [categoryName(codebook, before[i]), categoryName(codebook, after[i])];
        if (before[i] !== after[i]) changed.push({ unit, float32: one, int8: other });
      });
      compared += usable.length;
    }
    spec.onProgress?.(compared + failed, total);
  }
  while (mostViews.length > 0 && (race.maybeSpeed()?.rounds ?? 0) < leastRounds) {
    signal?.throwIfAborted();
    await race.embedBoth(mostViews);
  }
  const [images, phrases, speed] = [
    imageCosines.maybeSummary(),
    phraseCosines.maybeSummary(),
    race.maybeSpeed(),
  ];
  if (images === undefined || phrases === undefined || speed === undefined) {
    throw new UserError(`${inputs.names.join(", ")}: there is no picture to compare with`, {
      hint: "name a folder with pictures that can be read",
    });
  }
  const agreeing = compared - changed.length;
  return {
    found: sample?.found ?? compared + failed,
    compared,
    failed,
    imageCosines: images,
    phraseCosines: phrases,
    agreeing,
    agreement: agreeing / compared,
    changed,
    speed,
  };
}

/** Units in their order, without files that are none. */
async function* batchesOf(
  units: Iterable<Unit> | AsyncIterable<Unit | IgnoredFile>,
): AsyncGenerator<readonly Unit[]> {
  let batch: Unit[] = [];
  for await (const unit of units) {
    if ("ignored" in unit) continue;
    batch.push(unit);
    if (batch.length < defaultBatchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function maybeView(
  unit: Unit,
  { float32, signal, onFailure }: ComparisonSpec,
): Promise<{ readonly name: string; readonly pixels: Uint8Array } | undefined> {
  const name = unit.name === "" ? `row ${unit.rowNumber}` : unit.name;
  try {
    const { sizeBytes } = await unit.fileState();
    const viewOf = (bytes: Buffer) =>
      sharedDecoders().view(bytes, float32.viewSpec(float32.view), { signal });
    const { pixels } = await withFileBytes(unit, sizeBytes, viewOf, { signal });
    return { name, pixels };
  } catch (error) {
    if (!(error instanceof ImageFailure)) throw error;
    onFailure?.(name, { code: error.code, sentence: error.message });
    return undefined;
  }
}

async function comparePhrases(
  { float32, int8 }: ComparisonSpec,
  codebook: Codebook,
  cosines: ReturnType<typeof startCosineSummary>,
): Promise<readonly [ClassifierSpec, ClassifierSpec]> {
  const phrases = codebookPhrases(codebook);
  const exact = await embedPhrasesWith(float32, codebook);
  const rounded = await embedPhrasesWith(int8, codebook);
  cosines.add(
    exact,
    rounded,
    phrases.map(({ text }) => text),
  );
  const classifier = (phraseEmbeddings: Embeddings): ClassifierSpec => ({
    phrases,
    phraseEmbeddings,
    categoryCount: codebook.categories.length,
    // The best phrase is the one with the largest cosine, whatever the model's logit scale.
    scoring: "max",
    probabilityKind: "softmax",
    logitScale: 1,
    logitBias: 0,
  });
  return [classifier(exact), classifier(rounded)];
}

/** One embedding per phrase, the mean over its templates. `[P, dim]` */
async function embedPhrasesWith(encoder: Encoder, codebook: Codebook): Promise<Embeddings> {
  const vectors: Float32Array[] = [];
  for (const { text } of codebookPhrases(codebook)) {
    const variants = await encoder.embedTexts(textsOfPhrase(codebook, text));
    vectors.push(embeddingAt(variants.count === 1 ? variants : meanEmbedding(variants), 0));
  }
  return matrixOf(vectors, (vectors[0] as Float32Array).length);
}

function answersOf(images: Embeddings, spec: ClassifierSpec): readonly (number | undefined)[] {
  return scoreUnits(images, spec).map((scores) => rankCategories(scores, spec.scoring)[0]?.category);
}

function categoryName(codebook: Codebook, category: number | undefined): string {
  return category === undefined ? "" : (codebook.categories[category]?.name ?? "");
}
