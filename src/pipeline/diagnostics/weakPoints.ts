import { quoteText } from "../../codebook/quoteText.ts";
import { type Diagnostics, isKnown, type PhraseDiagnosis } from "./diagnostics.ts";

/** Something in a codebook that deserves a look, with what can be done. */
export interface WeakPoint {
  readonly kind: WeakPointKind;
  /** Index of the phrase that it is about; undefined for the codebook as a whole. */
  readonly phrase: number | undefined;
  /** A sentence without a full stop. */
  readonly what: string;
  readonly advice: string;
}

/** The kinds, the weightiest first: what gold units say, then what decides many images, then what is only a risk. */
export const weakPointKinds = [
  "harmful-phrase",
  "imprecise-phrase",
  "unstable-wording",
  "scoring-decides",
  "loaded-phrase",
  "dominant-phrase",
  "confusable-phrases",
  "unused-phrase",
] as const;

/** One of `weakPointKinds`. */
export type WeakPointKind = (typeof weakPointKinds)[number];

/** Krippendorff's lowest limit for tentative conclusions (Krippendorff 2004, "Content Analysis", 2nd ed., p. 241). */
const lowestAlpha = 2 / 3;

/** Above this share of images it is worth a sentence that a single phrase, or the rule, decides them. */
const manyImages = 0.1;

/** A phrase that stands for more than half of all images describes nothing in particular. */
const mostImages = 0.5;

interface Found extends WeakPoint {
  /** Larger is weaker, within a kind. */
  readonly weight: number;
}

/** What is weak in a run's codebook, the weakest first. */
export function weakPoints(diagnostics: Omit<Diagnostics, "weakPoints">): readonly WeakPoint[] {
  const found = [
    ...wordingPoints(diagnostics),
    ...scoringPoints(diagnostics),
    ...confusablePoints(diagnostics),
    ...diagnostics.phrases.flatMap((phrase, index) => phrasePoints(phrase, index, diagnostics)),
  ];
  const rank = ({ kind }: Found) => weakPointKinds.indexOf(kind);
  return found
    .toSorted((a, b) => rank(a) - rank(b) || b.weight - a.weight)
    .map(({ kind, phrase, what, advice }) => ({ kind, phrase, what, advice }));
}

function phrasePoints(
  { text, wins, share, precision, without }: PhraseDiagnosis,
  phrase: number,
  { units, scoring }: Omit<Diagnostics, "weakPoints">,
): readonly Found[] {
  const name = quoteText(text);
  const points: Found[] = [];
  const add = (kind: WeakPointKind, weight: number, what: string, advice: string) =>
    points.push({ kind, phrase, weight, what, advice });
  if (isKnown(without) && isKnown(without.macroF1)) {
    const { change, interval } = without.macroF1;
    if (interval !== undefined && interval.low > 0) {
      const range = `${signed(interval.low)} to ${signed(interval.high)}`;
      add(
        "harmful-phrase",
        change,
        `without ${name} macro-F1 changes by ${signed(change)} (95% interval ${range})`,
        "reword or delete it, then check on images that were not used for tuning",
      );
    }
  }
  if (isKnown(precision) && precision.interval.high < 0.5) {
    add(
      "imprecise-phrase",
      1 - precision.share,
      `${name} is mostly wrong: right for ${percent(precision.share)} of the ${precision.units} coded images that it stands for`,
      "look at what it wins, and reword it or move it to the category that those images belong to",
    );
  }
  if (isKnown(without) && (without.share ?? 0) > manyImages) {
    add(
      "loaded-phrase",
      without.share ?? 0,
      `${percent(without.share ?? 0)} of the images change their category without ${name}`,
      "much hangs on this one wording: look at those images, and give the category another phrase for them",
    );
  }
  if ((share ?? 0) > mostImages) {
    add(
      "dominant-phrase",
      share ?? 0,
      `${name} stands for ${percent(share ?? 0)} of all images`,
      "check that it is not so general that it describes every picture",
    );
  }
  if (wins === 0 && units > 0 && scoring === "max") {
    add(
      "unused-phrase",
      0,
      `${name} stands for no image`,
      "reword or delete it, or leave it for images that may come",
    );
  }
  return points;
}

function wordingPoints({ templates }: Omit<Diagnostics, "weakPoints">): readonly Found[] {
  if (!isKnown(templates) || !isKnown(templates.alpha) || templates.alpha.alpha >= lowestAlpha) return [];
  const { alpha } = templates.alpha;
  const what = `the wording round the phrases decides much: alpha across templates is ${alpha.toFixed(2)}`;
  const advice =
    "write phrases as captions, or put several templates into the codebook: their mean is steadier";
  return [{ kind: "unstable-wording", phrase: undefined, weight: 1 - alpha, what, advice }];
}

function scoringPoints({ scorings: { share = 0 } }: Omit<Diagnostics, "weakPoints">): readonly Found[] {
  if (share <= manyImages) return [];
  const what = `the scoring rules disagree on ${percent(share)} of the images`;
  const advice = "choose the rule by coded images that are not the test sample, and report it";
  return [{ kind: "scoring-decides", phrase: undefined, weight: share, what, advice }];
}

/** Each pair once. */
function confusablePoints({ phrases }: Omit<Diagnostics, "weakPoints">): readonly Found[] {
  return phrases.flatMap(({ text, nearestRival: rival }, phrase): Found[] => {
    if (!isKnown(rival) || !rival.isConfusable) return [];
    const other = phrases[rival.phrase];
    if (other === undefined) return [];
    const back = other.nearestRival;
    if (isKnown(back) && back.phrase === phrase && rival.phrase < phrase) return [];
    const what = `${quoteText(text)} and ${quoteText(other.text)} of another category are more alike than most phrases of one category (cosine ${rival.cosine.toFixed(3)})`;
    const advice = "say in words what tells the two apart";
    return [{ kind: "confusable-phrases", phrase, weight: rival.cosine, what, advice }];
  });
}

function signed(change: number): string {
  return `${change < 0 ? "-" : "+"}${Math.abs(change).toFixed(3)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
