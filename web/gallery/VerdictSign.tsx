import type { UnitCard } from "./galleryAnswers.ts";

const signs = {
  right: { sign: "✓", text: "judged right" },
  wrong: { sign: "✗", text: "judged wrong" },
  unsure: { sign: "?", text: "judged unsure" },
} as const;

/** What reviewers said of a prediction, as a small sign and in words for screen readers. */
export function VerdictSign({ verdict }: { readonly verdict: NonNullable<UnitCard["verdict"]> }) {
  const { sign, text } = signs[verdict];
  return (
    <span class={`sign ${verdict}`} title={text}>
      <span aria-hidden="true">{sign}</span>
      <span class="unseen">{text}</span>
    </span>
  );
}
