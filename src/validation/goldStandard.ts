import type { CodingAnswer } from "./coding.ts";

/** What decides an image's true category. */
export type GoldRule =
  /** What more than half of its coders said; the adjudication where there is no such answer. */
  | { readonly kind: "majority" }
  /** The adjudication, also against a majority; without one what more than half of its coders said. */
  | { readonly kind: "adjudicated" }
  /** What one coder said. */
  | { readonly kind: "coder"; readonly coder: string };

/** A standing answer: withdrawn ones are none. */
export interface GivenCode {
  readonly coder: string;
  readonly answer: Exclude<CodingAnswer, "withdrawn">;
  readonly value: string | undefined;
}

/** Why an image has no true category. */
export type GoldMissing = "uncoded" | "uncodable" | "unsure" | "disagreement";

/** An image's true category and what decided it, `coder` where only one answered, or why it has none. */
export type Gold =
  | { readonly category: string; readonly by: "agreement" | "majority" | "adjudication" | "coder" }
  | { readonly missing: GoldMissing };

/**
 * An image's true category by a rule. Unsure and uncodable are answers, too: a majority for one of them means that the image has no
 * true category, and coders who did not answer at all take no part.
 * @param codes the standing answers of its coders
 * @param adjudication the adjudicator's standing answer
 */
export function goldOf(
  codes: readonly GivenCode[],
  adjudication: GivenCode | undefined,
  rule: GoldRule,
): Gold {
  if (rule.kind === "coder") {
    const own = codes.find(({ coder }) => coder === rule.coder);
    return own === undefined ? { missing: "uncoded" } : decided(own, "coder");
  }
  if (rule.kind === "adjudicated" && adjudication !== undefined) return decided(adjudication, "adjudication");
  const [first] = codes;
  if (first === undefined) return { missing: "uncoded" };
  if (codes.length === 1) return decided(first, "coder");
  if (codes.every((code) => isSame(code, first))) return decided(first, "agreement");
  const winner = codes.find((code) => 2 * codes.filter((other) => isSame(code, other)).length > codes.length);
  if (winner !== undefined) return decided(winner, "majority");
  return adjudication === undefined ? { missing: "disagreement" } : decided(adjudication, "adjudication");
}

/**
 * A rule in words, for a report: `the majority of the coders`.
 * @param adjudications how many images were adjudicated
 */
export function goldRuleText(rule: GoldRule, adjudications: number): string {
  if (rule.kind === "coder") return `the codes of ${rule.coder}`;
  if (rule.kind === "majority") return "the majority of the coders";
  const none = adjudications === 0 ? " (no image was adjudicated)" : "";
  return `the adjudication where there is one, else the majority of the coders${none}`;
}

function decided(
  { answer, value }: GivenCode,
  by: "agreement" | "majority" | "adjudication" | "coder",
): Gold {
  if (answer !== "category") return { missing: answer };
  return { category: value as string, by };
}

function isSame(a: GivenCode, b: GivenCode): boolean {
  return a.answer === b.answer && a.value === b.value;
}
