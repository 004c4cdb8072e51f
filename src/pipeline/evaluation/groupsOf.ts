import { type DomainShare, type DomainUnit, domainShares } from "../../stats/domainShares.ts";
import type { Study } from "../../store/openStudy.ts";
import { estimated, notEstimable } from "../../validation/estimate.ts";
import type { Estimate, GroupedShares } from "../../validation/evaluation.ts";
import type { CodedSample } from "./codedSample.ts";
import { answerBlocks, frameImages } from "./frameSizes.ts";
import { groupDifference, groupErrorRate } from "./groupErrorRate.ts";
import type { Response } from "./responseDesign.ts";
import { readUserColumns, type UserColumn } from "./userColumns.ts";

/** Groups that are shown of a column. */
const mostGroups = 30;

/** The name of the group of empty cells. */
export const emptyGroup = "(empty)";

/**
 * Shares and errors by the user's columns. Shares are of units: of all classified ones whose image could be drawn, each as often as the
 * table has it; errors are of the distinct images that a group's units show. The largest groups are shown, equally large ones in the
 * order in which they first appear.
 * @throws UserError for columns that cannot be read
 */
export async function groupsOf(
  study: Study,
  coded: CodedSample,
  response: Response,
  columnNames: readonly string[],
): Promise<readonly GroupedShares[]> {
  if (columnNames.length === 0) return [];
  const columns = await readUserColumns(study, coded.run, columnNames);
  const frame = frameImages(study, coded.sample);
  return columns.map((column) => groupedShares(study, coded, response, column, frame));
}

function groupedShares(
  study: Study,
  { run }: CodedSample,
  response: Response,
  column: UserColumn,
  frame: ReadonlySet<number>,
): GroupedShares {
  const groupNames = column.values.map((value) => (value === "" ? emptyGroup : value));
  const places = new Map(response.images.map(({ member }, place) => [member.imageId, place]));
  const sizes = new Int32Array(groupNames.length);
  /** The groups whose units show a coded image, in the table's order. `[n]` */
  const groupsOfImages = response.images.map(() => new Set<number>());
  for (const { code, sampled } of frameUnits(study, run.id, column, frame, places)) {
    sizes[code] = (sizes[code] as number) + 1;
    if (sampled !== undefined) groupsOfImages[sampled]?.add(code);
  }
  const present = [...sizes.keys()].filter((code) => (sizes[code] as number) > 0);
  const shown = present
    .sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b)
    .slice(0, mostGroups);
  // Codes, for a cell may say "(empty)", too.
  const isShown = new Set(shown);
  function* shownUnits(): Generator<DomainUnit> {
    for (const unit of frameUnits(study, run.id, column, frame, places))
      if (isShown.has(unit.code)) yield { ...unit, group: String(unit.code) };
  }
  const gold = response.images.map(({ trueCategory }) => trueCategory);
  const isWrong = response.images.map((image) => image.trueCategory !== image.prediction.category);
  const { domains } = domainShares(shownUnits(), gold, response.design, run.codebook.categories.length);
  const byCode = new Map(domains.map((domain) => [Number(domain.group), domain]));
  return {
    column: column.name,
    groups: shown.flatMap((code) => {
      const domain = byCode.get(code);
      if (domain === undefined) return [];
      return {
        value: groupNames[code] as string,
        units: domain.units,
        coded: domain.codedImages,
        error: groupErrorRate(
          isWrong,
          response,
          groupsOfImages.map((groups) => groups.has(code)),
        ),
        shares: domain.shares.map((share, category) => ({
          category,
          raw: share.naive,
          corrected: correctedShare(share),
        })),
      };
    }),
    more: present.length - shown.length,
    differenceP: groupDifference(
      isWrong,
      response,
      groupsOfImages.map((groups) => groups.values().next().value),
    ),
  };
}

/** A classified unit of the frame. */
interface FrameUnit {
  readonly code: number;
  readonly prediction: number;
  /** Index of its image in the response. */
  readonly sampled: number | undefined;
}

function* frameUnits(
  study: Study,
  runId: number,
  { codes }: UserColumn,
  frame: ReadonlySet<number>,
  places: ReadonlyMap<number, number>,
): Generator<FrameUnit> {
  for (const { positions, imageIds, categories } of answerBlocks(study, runId)) {
    for (const [i, imageId] of imageIds.entries()) {
      if (!frame.has(imageId)) continue;
      const code = codes[positions[i] as number] as number;
      yield { code, prediction: categories[i] as number, sampled: places.get(imageId) };
    }
  }
}

function correctedShare({ share, isOutside, standardError, interval, reason }: DomainShare): Estimate {
  if (share === undefined) return notEstimable("none of its images is coded");
  const known = { standardError, interval };
  if (reason === "few coded images")
    return estimated(share, { ...known, why: "fewer than ten of its images are coded" });
  if (reason === "no variance")
    return estimated(share, {
      ...known,
      why: "its coded images show no errors, or a stratum has one image only, so that the correction's precision is not known",
    });
  return estimated(share, {
    ...known,
    method: "difference estimator, normal",
    why: isOutside ? "the correction led beyond 0 or 1 and ends there" : undefined,
  });
}

/** What a reader has to be told of groups in which predictions are not equally often wrong; undefined where nothing shows that. */
export function groupWarning({ column, groups, differenceP }: GroupedShares): string | undefined {
  if (differenceP === undefined || differenceP >= 0.05) return undefined;
  const known = groups.filter(({ error, coded }) => error.value !== undefined && coded >= 10);
  const byError = known.sort((a, b) => (a.error.value as number) - (b.error.value as number));
  const [least, most] = [byError.at(0), byError.at(-1)];
  const p = differenceP < 0.001 ? "p < .001" : `p = ${differenceP.toFixed(3).slice(1)}`;
  const extremes =
    least === undefined || most === undefined || least === most
      ? ""
      : `: ${percent(least.error.value)} of "${least.value}", ${percent(most.error.value)} of "${most.value}"`;
  return `Predictions are not equally often wrong in all groups of "${column}" (${p})${extremes}. Compare groups by their corrected shares only.`;
}

function percent(share: number | undefined): string {
  return `${Math.round((share as number) * 100)}%`;
}
