import { createHash } from "node:crypto";
import { codebookPhrases } from "../codebook/codebook.ts";
import { UserError } from "../errors.ts";
import { ImageFailure } from "../images/imageFailure.ts";
import { makeThumbnail } from "../images/makeThumbnail.ts";
import { openUnitReader, type UnitReader } from "../images/unitReader.ts";
import type { Overview, OverviewImage, OverviewSampling, Thumbnail } from "../report/overview.ts";
import { sampleWithoutReplacement, seededRandom } from "../seededRandom.ts";
import type { Study } from "../store/openStudy.ts";
import type { Run, RunRow } from "../store/runStore.ts";
import { runSettings } from "./runSettings.ts";
import { summariseRun } from "./summariseRun.ts";

/** How to draw an overview's images. */
export interface OverviewSpec {
  /** Images per category. */
  readonly perCategory?: number;
  readonly seed?: number;
  readonly sort?: OverviewSampling["sort"];
  /** ISO 8601 with the user's own offset: the page prints its day. */
  readonly writtenAt: string;
  readonly signal?: AbortSignal;
}

/** Settings of the overview page unless told otherwise. */
export const overviewDefaults = { perCategory: 12, seed: 1, sort: "probability" } as const;

/** Images in "look here first": the smallest margins of the whole study. */
const closestCount = 24;
/** Failures that are listed by name; the page says how many more there are. */
const listedFailures = 500;
/** Side of the box that a thumbnail fits into, and from how many thumbnails on they are made smaller. */
const thumbnailPx = { few: 256, many: 160, manyFrom: 400 };
/** Above this many cards the page would outgrow its 10 MB. */
const maxCards = 1000;

/**
 * Gathers what the overview page of a run shows: counts, seeded samples without an image twice, thumbnails. A picture
 * that is no longer there, or has other content by now, is shown without a thumbnail.
 * @throws UserError when more images are asked for than fit on a page
 */
export async function makeOverview(study: Study, run: Run, spec: OverviewSpec): Promise<Overview> {
  const { seed = overviewDefaults.seed, sort = overviewDefaults.sort } = spec;
  const summary = summariseRun(study, run);
  const perCategory = imagesPerCategory(run.codebook.categories.length, spec.perCategory);
  const cards = run.codebook.categories.length * perCategory + closestCount;
  const boxPx = cards > thumbnailPx.manyFrom ? thumbnailPx.many : thumbnailPx.few;
  const reader = openUnitReader();
  const toCard = (position: number) => cardOf(study, run, position, boxPx, reader);
  try {
    const categories: Overview["categories"][number][] = [];
    for (const [index, category] of run.codebook.categories.entries()) {
      spec.signal?.throwIfAborted();
      const { name, count, share, meanProbability, phrases } = summary.categories[
        index
      ] as (typeof summary.categories)[number];
      // A stream of its own per category: another category more or less does not change this one's sample.
      const random = seededRandom(seed + index * 1_000_003);
      const candidates = study.runs.distinctPositions(run.id, index);
      const drawn = sampleWithoutReplacement(candidates, Math.min(perCategory, candidates.length), random);
      const samples = sorted(await inTurn(drawn, toCard), sort);
      categories.push({
        name,
        description: category.description,
        residual: category.residual ?? false,
        count,
        share,
        meanProbability,
        phrases,
        samples,
      });
    }
    return {
      title: run.codebook.title ?? "CLIP classification",
      writtenAt: spec.writtenAt,
      codebook: run.codebook,
      counts: { ...summary.counts, ignoredFiles: run.ignoredFiles },
      categories,
      lookHereFirst: await inTurn(study.runs.closestPositions(run.id, closestCount), toCard),
      failures: study.runs.failures(run.id, listedFailures),
      failuresByCode: summary.failures,
      sampling: { perCategory, seed, sort },
      scoring: run.scoring,
      probabilityKind: run.probabilityKind,
      settings: runSettings(study, run),
      versions: run.versions,
      reproduce: `clipbook overview --run ${run.id} -n ${perCategory} --seed ${seed} --sort ${sort}`,
    };
  } finally {
    await reader.close();
  }
}

/** The number asked for, else the default, or what still fits on a page with very many categories. */
function imagesPerCategory(categories: number, asked: number | undefined): number {
  const most = Math.max(1, Math.floor((maxCards - closestCount) / categories));
  if (asked === undefined) return Math.min(overviewDefaults.perCategory, most);
  if (asked <= most) return asked;
  throw new UserError(`${asked} images for each of ${categories} categories do not fit on one page`, {
    hint: `give -n ${most} or less`,
  });
}

async function inTurn<From, To>(
  items: readonly From[],
  map: (item: From) => Promise<To>,
): Promise<readonly To[]> {
  const results: To[] = [];
  // Four at a time: as many as libuv decodes side by side.
  for (let at = 0; at < items.length; at += 4)
    results.push(...(await Promise.all(items.slice(at, at + 4).map(map))));
  return results;
}

function sorted(cards: readonly OverviewImage[], sort: OverviewSampling["sort"]): readonly OverviewImage[] {
  if (sort === "random") return cards;
  const byName = (a: OverviewImage, b: OverviewImage) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  if (sort === "name") return cards.toSorted(byName);
  const value = (card: OverviewImage) => (sort === "probability" ? -card.probability : (card.margin ?? 1));
  return cards.toSorted((a, b) => value(a) - value(b) || byName(a, b));
}

async function cardOf(
  study: Study,
  run: Run,
  position: number,
  boxPx: number,
  reader: UnitReader,
): Promise<OverviewImage> {
  const row = study.runs.row(run.id, position);
  const { prediction } = row;
  if (prediction === undefined) throw new RangeError(`row ${position} of run ${run.id} has no prediction`);
  const { categories } = run.codebook;
  const phrases = codebookPhrases(run.codebook);
  const named = (answer: { category: number; phrase: number; probability: number }) => ({
    category: categories[answer.category]?.name ?? "",
    phrase: phrases[answer.phrase]?.text ?? "",
    probability: answer.probability,
  });
  const { runnerUp } = prediction;
  return {
    name: row.unit.name,
    thumbnail: await maybeThumbnail(study, row, boxPx, reader),
    ...named(prediction),
    runnerUp: runnerUp && named(runnerUp),
    margin: runnerUp && Math.max(0, prediction.probability - runnerUp.probability),
  };
}

async function maybeThumbnail(
  study: Study,
  { unit, imageId }: RunRow,
  boxPx: number,
  reader: UnitReader,
): Promise<Thumbnail | undefined> {
  try {
    const bytes = await reader.read(unit.path);
    const sha256 = createHash("sha256").update(bytes).digest();
    if (imageId === undefined || !sha256.equals(study.images.get(imageId).sha256)) return undefined;
    const thumbnail = await makeThumbnail(bytes, boxPx, Number.POSITIVE_INFINITY);
    return {
      mimeType: "image/jpeg",
      base64: thumbnail.bytes.toString("base64"),
      widthPx: thumbnail.widthPx,
      heightPx: thumbnail.heightPx,
    };
  } catch (error) {
    // Gone or changed since it was classified: the card says so, and the prediction stays.
    if (error instanceof ImageFailure) return undefined;
    throw error;
  }
}
