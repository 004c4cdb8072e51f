import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import { placeSettings, type ReportNames } from "./reportNames.ts";

/** So many items of a long setting are shown; the study has them all. */
const shownItems = 20;

/** A run's settings in words, for pages and records, with places as `names` writes them. */
export function runSettings(
  study: Study,
  run: Run,
  { place }: Pick<ReportNames, "place">,
): readonly { readonly label: string; readonly value: string }[] {
  const encoder = study.embeddings.encoder(run.encoderId);
  const origin = run.repository === undefined ? "" : ` (${run.repository} at ${run.revision})`;
  const bias = run.logitBias === 0 ? "" : `, bias ${run.logitBias}`;
  const given = Object.entries(run.settings).map(([key, value]) => {
    const shown = placeSettings.includes(key) ? place : (text: string) => text;
    return {
      label: key.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`),
      value: Array.isArray(value) ? listed(value.map(shown)) : shown(String(value)),
    };
  });
  return [
    { label: "run", value: `${run.id}, ${run.completedAt ?? run.startedAt}` },
    { label: "model", value: `${run.modelName}${origin}` },
    { label: "precision", value: encoder.precision },
    { label: "model digest", value: encoder.identity },
    { label: "view", value: run.view },
    { label: "scoring", value: run.scoring },
    { label: "probability", value: run.probabilityKind },
    { label: "logit scale", value: `${run.logitScale}${bias} (from: ${run.logitSource})` },
    {
      label: "templates",
      value: run.codebook.templates.length === 0 ? "none" : run.codebook.templates.join(" | "),
    },
    { label: "codebook file", value: place(run.codebookFile) },
    ...(run.truncatedPhrases > 0
      ? [{ label: "phrases cut to the model's context", value: String(run.truncatedPhrases) }]
      : []),
    ...given,
  ];
}

function listed(items: readonly string[]): string {
  const more = items.length - shownItems;
  return [...items.slice(0, shownItems), ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}
