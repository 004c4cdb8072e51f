import type { DrawnCategory } from "./drawPicture.ts";

/** What a simulated coder says of an image. */
export interface SimulatedAnswer {
  readonly answer: "category" | "unsure" | "uncodable";
  /** Only with the answer `category`. */
  readonly value: DrawnCategory | undefined;
}

/** A coder who errs at known rates. */
export interface SimulatedCoder {
  readonly name: string;
  /** Share of the images drawn as `from` that the coder takes for `to`, 0..1. */
  readonly confusions: readonly {
    readonly from: DrawnCategory;
    readonly to: DrawnCategory;
    readonly share: number;
  }[];
  /** Share of all images, 0..1. */
  readonly unsure: number;
  /** Share of all images, 0..1. */
  readonly uncodable: number;
  /** An answer takes from half of it to one and a half of it. */
  readonly usualSeconds: number;
}

/** Three coders of `clipbook demo --validate`: a careful one, one who takes collages for posters, and one in a hurry. */
export const simulatedCoders: readonly SimulatedCoder[] = [
  {
    name: "Ana",
    confusions: [
      { from: "Individual Contact", to: "Political Events", share: 0.05 },
      { from: "Collages", to: "Campaign Material", share: 0.05 },
      { from: "Interviews & Media", to: "Political Events", share: 0.04 },
    ],
    unsure: 0.01,
    uncodable: 0.004,
    usualSeconds: 7,
  },
  {
    name: "Ben",
    confusions: [
      { from: "Collages", to: "Campaign Material", share: 0.15 },
      { from: "Political Events", to: "Individual Contact", share: 0.06 },
      { from: "Social Media Moderation", to: "Individual Contact", share: 0.1 },
    ],
    unsure: 0.02,
    uncodable: 0.004,
    usualSeconds: 5,
  },
  {
    name: "Chloé",
    confusions: [
      { from: "Campaign Material", to: "Collages", share: 0.1 },
      { from: "Individual Contact", to: "Social Media Moderation", share: 0.12 },
      { from: "Political Events", to: "Interviews & Media", share: 0.07 },
      { from: "Other", to: "Political Events", share: 0.05 },
    ],
    unsure: 0.03,
    uncodable: 0.006,
    usualSeconds: 4,
  },
];

/** Who decides what the three disagree on; takes her time, and still errs now and then. */
export const simulatedAdjudicator: SimulatedCoder = {
  name: "Dora",
  confusions: [{ from: "Collages", to: "Campaign Material", share: 0.05 }],
  unsure: 0,
  uncodable: 0,
  usualSeconds: 12,
};

/** The chances of all that a coder may say of an image drawn as `drawn`; they add up to 1. */
export function answerChances(
  { confusions, unsure, uncodable }: SimulatedCoder,
  drawn: DrawnCategory,
): readonly (SimulatedAnswer & { readonly chance: number })[] {
  const wrong = confusions
    .filter(({ from }) => from === drawn)
    .map(({ to, share }) => ({ answer: "category" as const, value: to, chance: share }));
  const notRight = wrong.reduce((sum, { chance }) => sum + chance, unsure + uncodable);
  return [
    ...wrong,
    { answer: "unsure", value: undefined, chance: unsure },
    { answer: "uncodable", value: undefined, chance: uncodable },
    { answer: "category", value: drawn, chance: 1 - notRight },
  ];
}

/** What a coder says of images drawn as `drawn`, in their order, each by chance and by itself. @param random uniform in [0, 1) */
export function simulateAnswers(
  coder: SimulatedCoder,
  drawn: readonly DrawnCategory[],
  random: () => number,
): readonly (SimulatedAnswer & { readonly seconds: number })[] {
  return drawn.map((category) => {
    let rest = random();
    const seconds = Math.round(coder.usualSeconds * (0.5 + random()) * 10) / 10;
    const chances = answerChances(coder, category);
    const { answer, value } =
      chances.find(({ chance }) => {
        rest -= chance;
        return rest < 0;
      }) ?? (chances.at(-1) as SimulatedAnswer);
    return { answer, value, seconds };
  });
}
