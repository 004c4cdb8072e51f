import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import type { RunCounts } from "../store/runSummaries.ts";
import { originSentence } from "./embeddings/originSentence.ts";

/** One category of a run, in the codebook's order, also without units. */
export interface CategorySummary {
  readonly name: string;
  readonly count: number;
  /** 0..1 of the classified units; undefined when none was classified. */
  readonly share: number | undefined;
  /** 0..1 over its units; undefined without units. */
  readonly meanProbability: number | undefined;
  readonly phrases: readonly { readonly text: string; readonly wins: number }[];
}

/** A run at a glance. */
export interface RunSummary {
  readonly runId: number;
  readonly counts: RunCounts;
  readonly ignoredFiles: number;
  /** Says of embeddings from elsewhere that they are, and which encoder Clipbook was told to believe. */
  readonly origin?: string;
  readonly categories: readonly CategorySummary[];
  readonly failures: readonly { readonly code: string; readonly count: number }[];
  /** The first classified units with something odd about their files. */
  readonly warnings?: readonly { readonly name: string; readonly sentence: string }[];
}

/** Warnings that are named in a summary; the overview page has more. */
const namedWarnings = 3;

/** Counts and shares of a completed run. */
export function summariseRun(study: Study, run: Run): RunSummary {
  const counts = study.runs.counts(run.id);
  const byCategory = new Map(study.runs.categoryCounts(run.id).map((entry) => [entry.index, entry]));
  const wins = new Map(study.runs.phraseCounts(run.id).map(({ index, count }) => [index, count]));
  const imported = study.imports.maybeOfEncoder(run.encoderId);
  let phraseIndex = 0;
  const categories = run.codebook.categories.map(({ name, phrases }, index) => {
    const found = byCategory.get(index);
    return {
      name,
      count: found?.count ?? 0,
      share: counts.classified > 0 ? (found?.count ?? 0) / counts.classified : undefined,
      meanProbability: found?.meanProbability,
      phrases: phrases.map((text) => ({ text, wins: wins.get(phraseIndex++) ?? 0 })),
    };
  });
  return {
    runId: run.id,
    counts,
    ignoredFiles: run.ignoredFiles,
    ...(imported !== undefined && { origin: originSentence(imported.origin) }),
    categories,
    failures: study.runs.failureCounts(run.id),
    warnings: study.runs.warnings(run.id, namedWarnings),
  };
}
