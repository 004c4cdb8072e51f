import { type Embeddings, embeddingAt, embeddings, matrixOf, meanEmbedding } from "../../embeddings.ts";
import { UserError } from "../../errors.ts";
import { seededRandom } from "../../seededRandom.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import { textsOfPhrase } from "../embedPhrases.ts";
import type { PhraseEncoder } from "../phraseEncoder.ts";
import type { RunVectors } from "../runVectors.ts";
import { rankPositions } from "./rankPositions.ts";
import type { RunColumns } from "./runColumns.ts";
import { type UnitQuery, unitQueryDefaults } from "./unitQuery.ts";

/** What ranks units by what they show. */
export interface UnitRankers {
  readonly phraseEncoder: PhraseEncoder;
  readonly runVectors: RunVectors;
}

/** All units of a run in one order, or those with an image where it is one of cosines. */
export interface UnitOrder {
  readonly positions: Int32Array;
  /** By position; undefined where the order is no ranking. `[count]` */
  readonly cosines: Float32Array | undefined;
}

/** What of a query decides the order. */
export type OrderQuery = Pick<UnitQuery, "sort" | "seed" | "find" | "like">;

/**
 * Puts a run's units in order; equal ones come in the results table's order.
 * @throws UserError for a sentence that is longer than the model reads, a model that cannot be opened, or a unit to be like that
 * has no image
 */
export async function orderUnits(
  study: Study,
  run: Run,
  columns: RunColumns,
  { sort = unitQueryDefaults.sort, seed = unitQueryDefaults.seed, find, like }: OrderQuery,
  rankers: UnitRankers,
): Promise<UnitOrder> {
  if (find !== undefined || like !== undefined) {
    const reference =
      find === undefined
        ? imageEmbedding(run, like as number, rankers)
        : await sentenceEmbedding(study, run, find, rankers);
    return rankByCosine(run, columns, reference, rankers);
  }
  return { positions: sortedPositions(study, run, columns, sort, seed), cosines: undefined };
}

function sortedPositions(
  study: Study,
  run: Run,
  { count, probabilities, margins }: RunColumns,
  sort: NonNullable<UnitQuery["sort"]>,
  seed: number,
): Int32Array {
  switch (sort) {
    case "probability":
      return rankPositions(probabilities.map((probability) => -probability));
    case "margin":
      return rankPositions(margins);
    case "name":
      return study.units.positionsByName(run.id);
    case "random":
      return shuffledPositions(count, seededRandom(seed));
    case "position":
      return Int32Array.from({ length: count }, (_, position) => position);
  }
}

/** All positions in random order, every order equally likely (Durstenfeld 1964), as `sampleIndices` draws all. `[count]` */
function shuffledPositions(count: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, position) => position);
  for (let i = 0; i < count; i++) {
    const chosen = i + Math.floor(random() * (count - i));
    const moved = order[i] as number;
    order[i] = order[chosen] as number;
    order[chosen] = moved;
  }
  return order;
}

/** The highest cosine first. @param reference unit length `[1, dim]` */
async function rankByCosine(
  run: Run,
  { count }: RunColumns,
  reference: Embeddings,
  { runVectors }: UnitRankers,
): Promise<UnitOrder> {
  const { positions, columns } = await runVectors.cosinesWith(run, reference);
  const column = columns[0] as Float32Array;
  const ranks = rankPositions(Float64Array.from(column, (cosine) => -cosine));
  const cosines = new Float32Array(count).fill(Number.NaN);
  positions.forEach((position, i) => {
    cosines[position] = column[i] as number;
  });
  return { positions: ranks.map((i) => positions[i] as number), cosines };
}

function imageEmbedding(run: Run, position: number, { runVectors }: UnitRankers): Embeddings {
  const vector = runVectors.maybeVectorAt(run, position);
  if (vector !== undefined) return embeddings(vector, vector.length);
  throw new UserError("this unit has no image that others could be like", {
    hint: "choose one that was classified",
  });
}

/** As the sentence would be embedded if it were a phrase of the run's codebook. `[1, dim]` */
async function sentenceEmbedding(
  study: Study,
  run: Run,
  sentence: string,
  { phraseEncoder }: UnitRankers,
): Promise<Embeddings> {
  const texts = textsOfPhrase(run.codebook, sentence);
  if (texts.some((text) => study.embeddings.maybeOfText(run.encoderId, text) === undefined)) {
    const { countTokens, contextLength } = await phraseEncoder.encoderOf(run);
    const tokens = Math.max(...texts.map(countTokens));
    if (tokens > contextLength) {
      throw new UserError(`the sentence has ${tokens} tokens, the model reads ${contextLength}`, {
        hint: "shorten it",
      });
    }
  }
  const variants = await phraseEncoder.embeddingsOf(run, texts);
  if (variants.count === 1) return variants;
  return meanEmbedding(
    matrixOf(
      texts.map((_, i) => embeddingAt(variants, i)),
      variants.dim,
    ),
  );
}
