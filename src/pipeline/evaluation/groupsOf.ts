import { pText } from "../../figures/evaluation/pText.ts";
import { type DomainShare, type DomainUnit, domainShares } from "../../stats/domainShares.ts";
import { estimated, notEstimable } from "../../validation/estimate.ts";
import type { Estimate, GroupedShares } from "../../validation/evaluation.ts";
import { strataLabels } from "../../validation/strataLabels.ts";
import type { CodedSample } from "./codedSample.ts";
import { groupDifference, groupErrorRate } from "./groupErrorRate.ts";
import type { FrameUnits } from "./readFrameUnits.ts";
import type { Response } from "./responseDesign.ts";
import type { UserColumn } from "./userColumns.ts";

/** Groups that are shown of a column. */
const mostGroups = 30;

/** The name of the group of empty cells. */
const emptyGroup = "(empty)";

/** The answered images, by the design that drew them for shares, whose estimator corrects them itself, and as all other figures have them for errors. */
export interface GroupResponses {
  readonly response: Response;
  readonly weighted: Response;
}

/**
 * Shares and errors by the user's columns. Shares are of units: of all classified ones whose image could be drawn, each as often as the
 * table has it; errors are of the distinct images that a group's units show. The largest groups are shown, equally large ones in the
 * order in which they first appear.
 */
export function groupsOf(
  coded: CodedSample,
  frame: FrameUnits,
  responses: GroupResponses,
  columns: readonly UserColumn[],
): readonly GroupedShares[] {
  if (columns.length === 0) return [];
  const units = { ...frame, sampled: sampledOf(frame, responses.response) };
  return columns.map((column) => groupedShares(coded, responses, column, units));
}

interface SampledUnits extends FrameUnits {
  readonly sampled: Int32Array;
}

function groupedShares(
  coded: CodedSample,
  { response, weighted }: GroupResponses,
  column: UserColumn,
  units: SampledUnits,
): GroupedShares {
  const groupNames = column.values.map((value) => (value === "" ? emptyGroup : value));
  const sizes = new Int32Array(groupNames.length);
  /** The groups whose units show a coded image, in the table's order. `[n]` */
  const groupsOfImages = response.images.map(() => new Set<number>());
  for (const { code, sampled } of unitsOf(units, column)) {
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
    for (const unit of unitsOf(units, column))
      if (isShown.has(unit.code)) yield { ...unit, group: String(unit.code) };
  }
  const gold = response.images.map(({ trueCategory }) => trueCategory);
  const isWrong = response.images.map((image) => image.trueCategory !== image.prediction.category);
  const { domains, uncorrectedStrata } = domainShares(
    shownUnits(),
    gold,
    response.design,
    coded.run.codebook.categories.length,
  );
  const byCode = new Map(domains.map((domain) => [Number(domain.group), domain]));
  return {
    column: column.name,
    note: joined(column.note, uncorrectedNote(uncorrectedStrata, coded)),
    groups: shown.flatMap((code) => {
      const domain = byCode.get(code);
      if (domain === undefined) return [];
      return {
        value: groupNames[code] as string,
        units: domain.units,
        coded: domain.codedImages,
        error: groupErrorRate(
          isWrong,
          weighted,
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
      weighted,
      groupsOfImages.map((groups) => groups.values().next().value),
    ),
  };
}

function uncorrectedNote(
  uncorrected: readonly number[],
  { sample, drawnFrom }: CodedSample,
): string | undefined {
  if (uncorrected.length === 0) return undefined;
  const labels = strataLabels(
    sample.design.strata,
    drawnFrom.codebook.categories.map(({ name }) => name),
  );
  const names = uncorrected.map((h) => `"${labels[h]}"`).join(", ");
  return `Of ${names} no image has a true category: these predictions stand uncorrected in all groups’ shares.`;
}

function joined(...sentences: readonly (string | undefined)[]): string | undefined {
  return sentences.filter((sentence) => sentence !== undefined).join(" ") || undefined;
}

/** Index of each unit's image in the response; -1: it is not coded. `[units]` */
function sampledOf({ imageIds }: FrameUnits, { images }: Response): Int32Array {
  const places = new Map(images.map(({ member }, place) => [member.imageId, place]));
  return imageIds.map((imageId) => places.get(imageId) ?? -1);
}

function* unitsOf({ positions, categories, sampled }: SampledUnits, { codes }: UserColumn) {
  for (let i = 0; i < positions.length; i++) {
    const place = sampled[i] as number;
    yield {
      code: codes[positions[i] as number] as number,
      prediction: categories[i] as number,
      sampled: place < 0 ? undefined : place,
    };
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
  const extremes =
    least === undefined || most === undefined || least === most
      ? ""
      : `: ${percent(least.error.value)} of "${least.value}", ${percent(most.error.value)} of "${most.value}"`;
  return `Predictions are not equally often wrong in all groups of "${column}" (p ${pText(differenceP)})${extremes}. Compare groups by their corrected shares only.`;
}

function percent(share: number | undefined): string {
  return `${Math.round((share as number) * 100)}%`;
}
