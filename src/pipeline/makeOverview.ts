import { UserError } from "../errors.ts";
import { openUnitReader } from "../images/unitReader.ts";
import type { Overview, OverviewImage, OverviewReview, OverviewSampling } from "../report/overview.ts";
import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import { drawPositions } from "./drawPositions.ts";
import { makeOverviewCard } from "./overviewCard.ts";
import { reportNames } from "./reportNames.ts";
import { summariseReview, type UnitJudgement, unitJudgements } from "./reviews/summariseReview.ts";
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
  /** Whether units, inputs and the study have their whole paths: without it the page tells nothing of the disk. */
  readonly showPaths?: boolean | undefined;
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
/** All thumbnails together; in base64 they take 8 MB of the page's 10. */
const allThumbnailBytes = 6_000_000;

/**
 * Gathers what the overview page of a run shows: counts, seeded samples without an image twice, thumbnails. A picture
 * that is no longer there, or has other content by now, is shown without a thumbnail.
 * @throws UserError when more images are asked for than fit on a page; the signal's reason when aborted
 */
export async function makeOverview(study: Study, run: Run, spec: OverviewSpec): Promise<Overview> {
  const { seed = overviewDefaults.seed, sort = overviewDefaults.sort } = spec;
  const summary = summariseRun(study, run);
  const perCategory = imagesPerCategory(run.codebook.categories.length, spec.perCategory);
  const cards = run.codebook.categories.length * perCategory + closestCount;
  const boxPx = cards > thumbnailPx.manyFrom ? thumbnailPx.many : thumbnailPx.few;
  const limits = { boxPx, maxBytes: Math.floor(allThumbnailBytes / cards) };
  const reader = openUnitReader();
  const judged = unitJudgements(study, run.id);
  const showPaths = spec.showPaths ?? false;
  const names = reportNames(run, showPaths);
  const shown = <Named extends { readonly name: string }>(named: Named): Named => ({
    ...named,
    name: names.unit(named.name),
  });
  const toCard = async (position: number): Promise<OverviewImage> => {
    const card = await makeOverviewCard(study, run, position, limits, reader, spec.signal);
    return { ...card, name: names.unit(card.name), verdict: maybeVerdict(judged.get(position)) };
  };
  try {
    const categories: Overview["categories"][number][] = [];
    for (const [index, category] of run.codebook.categories.entries()) {
      spec.signal?.throwIfAborted();
      const { name, count, share, meanProbability, phrases } = summary.categories[
        index
      ] as (typeof summary.categories)[number];
      const drawn = drawPositions(study, run.id, index, perCategory, seed);
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
      failures: study.runs.failures(run.id, listedFailures).map(shown),
      warnings: study.runs.warnings(run.id, listedFailures).map(shown),
      failuresByCode: summary.failures,
      sampling: { perCategory, seed, sort },
      scoring: run.scoring,
      probabilityKind: run.probabilityKind,
      settings: runSettings(study, run, names),
      aboutTheModel:
        run.settings.aboutTheModel === undefined ? undefined : String(run.settings.aboutTheModel),
      versions: run.versions,
      review: judged.size === 0 ? undefined : reviewOf(study, run, [...judged.values()]),
      reproduce:
        `clipbook overview${studyOption(names.place(study.directory))} --run ${run.id} -n ${perCategory} --seed ${seed} ` +
        `--sort ${sort}${showPaths ? " --show-paths" : ""}`,
    };
  } finally {
    await reader.close();
  }
}

/**
 * Images per category on a page: the number asked for, else the default, or what still fits with very many categories.
 * @throws UserError when more are asked for than fit
 */
export function imagesPerCategory(categories: number, asked: number | undefined): number {
  const most = Math.max(1, Math.floor((maxCards - closestCount) / categories));
  if (asked === undefined) return Math.min(overviewDefaults.perCategory, most);
  if (asked <= most) return asked;
  throw new UserError(`${asked} images for each of ${categories} categories do not fit on one page`, {
    hint: `give -n ${most} or less`,
  });
}

function maybeVerdict(judged: UnitJudgement | undefined): OverviewImage["verdict"] {
  if (judged === undefined || judged.judgement === "skipped") return undefined;
  return { judgement: judged.judgement, correctCategory: judged.correctCategory };
}

function reviewOf(study: Study, run: Run, judged: readonly UnitJudgement[]): OverviewReview {
  const summary = summariseReview(study, run);
  const besides = (key: "right" | "wrong" | "unsure") =>
    judged.filter(({ judgement }) => judgement === key).length - summary[key];
  return {
    summary,
    notDrawn: { right: besides("right"), wrong: besides("wrong"), unsure: besides("unsure") },
    reviewers: study.reviews.reviewers(run.id).filter((reviewer) => reviewer.judged > 0).length,
  };
}

/** As a shell reads it; the current folder is the command's default. */
function studyOption(directory: string): string {
  if (directory === ".") return "";
  const isPlain = /^[\p{L}\p{N}_./-]+$/u.test(directory) && !directory.startsWith("-");
  return ` --study ${isPlain ? directory : `'${directory.replaceAll("'", "'\\''")}'`}`;
}

async function inTurn<From, To>(
  items: readonly From[],
  map: (item: From) => Promise<To>,
): Promise<readonly To[]> {
  const results: To[] = [];
  // Four at a time: as many as there are decoders at most.
  for (let at = 0; at < items.length; at += 4)
    results.push(...(await Promise.all(items.slice(at, at + 4).map(map))));
  return results;
}

function sorted(cards: readonly OverviewImage[], sort: OverviewSampling["sort"]): readonly OverviewImage[] {
  if (sort === "random") return cards;
  const byName = (a: OverviewImage, b: OverviewImage) =>
    Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
  if (sort === "name") return cards.toSorted(byName);
  const value = (card: OverviewImage) => (sort === "probability" ? -card.probability : (card.margin ?? 1));
  return cards.toSorted((a, b) => value(a) - value(b) || byName(a, b));
}
