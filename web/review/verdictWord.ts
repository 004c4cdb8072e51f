import type { OwnVerdict } from "../../src/server/reviewRoutes.ts";

const words: Readonly<Record<OwnVerdict["verdict"], string>> = {
  right: "Right",
  wrong: "Wrong",
  unsure: "Unsure",
  skipped: "Skip",
  withdrawn: "taken back",
};

/** A verdict in words: `Wrong, correct: Interviews`. */
export function verdictWord({
  verdict,
  correctCategory,
}: Pick<OwnVerdict, "verdict" | "correctCategory">): string {
  return correctCategory === undefined ? words[verdict] : `${words[verdict]}, correct: ${correctCategory}`;
}
