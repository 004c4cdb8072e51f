import { codebookPhrases } from "../../codebook/codebook.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { designText } from "../../validation/designText.ts";
import type { EvaluatedRun, EvaluatedSample, GoldSummary } from "../../validation/evaluation.ts";
import { type Gold, goldRuleText } from "../../validation/goldStandard.ts";
import { strataLabels } from "../../validation/strataLabels.ts";
import { measureDigest } from "../samples/measureDigest.ts";
import type { CodedSample } from "./codedSample.ts";
import { countSources } from "./countSources.ts";

/** What a report says of the run whose predictions it is about. */
export function describeRun(study: Study, run: Run, sample: Sample): EvaluatedRun {
  const encoder = study.embeddings.encoder(run.encoderId);
  const imported = study.imports.maybeOfEncoder(run.encoderId);
  const failedUnits = study.runs.failureCounts(run.id).reduce((sum, { count }) => sum + count, 0);
  return {
    id: run.id,
    model: run.modelName,
    modelSource: run.repository === undefined ? encoder.identity : `${run.repository} at ${run.revision}`,
    precision: encoder.precision,
    ...(imported !== undefined && { importedFrom: imported.origin.folder }),
    view: run.view,
    scoring: run.scoring,
    phraseCount: codebookPhrases(run.codebook).length,
    digest: measureDigest(study, run),
    isSampledRun: run.id === sample.runId,
    classifiedUnits: study.units.count(run.id) - failedUnits,
    failedUnits,
    distinctImages: study.runs.distinctCounts(run.id).reduce((sum, { count }) => sum + count, 0),
  };
}

/** How the sample was drawn, and who looked at it. */
export function describeSample(study: Study, { sample, images }: CodedSample): EvaluatedSample {
  // The key is a secret from coders, who may read this.
  const { orderKey: _, ...design } = sample.design;
  const probabilities = images.map(({ member }) => member.inclusionProbability);
  return {
    name: sample.name,
    purpose: sample.purpose,
    seed: sample.seed,
    drawnAt: sample.drawnAt,
    design,
    designText: designText(design.spec),
    // Not spread: a sample may have more images than a call may have arguments.
    leastProbability: probabilities.reduce((least, probability) => Math.min(least, probability), 1),
    greatestProbability: probabilities.reduce((greatest, probability) => Math.max(greatest, probability), 0),
    size: images.length,
    isSealed: sample.isSealed,
    freezes: study.samples.freezes().map(({ runId, sha256, frozenAt }) => ({ runId, sha256, frozenAt })),
    openings: study.samples.openings(sample.id).length,
  };
}

/** What the true categories are made of, and how many images have none. */
export function describeGold({
  sample,
  run,
  drawnFrom,
  rule,
  images,
  adjudications,
}: CodedSample): GoldSummary {
  const labels = strataLabels(
    sample.design.strata,
    drawnFrom.codebook.categories.map(({ name }) => name),
  );
  const count = (has: (gold: Gold) => boolean) => images.filter(({ gold }) => has(gold)).length;
  const by = (what: string) => count((gold) => "by" in gold && gold.by === what);
  const missing = (what: string) => count((gold) => "missing" in gold && gold.missing === what);
  return {
    rule,
    ruleText: goldRuleText(rule, adjudications.length),
    known: count((gold) => "category" in gold),
    by: {
      agreement: by("agreement"),
      majority: by("majority"),
      adjudication: by("adjudication"),
      coder: by("coder"),
    },
    adjudicationSources: countSources(adjudications),
    missing: {
      uncoded: missing("uncoded"),
      uncodable: missing("uncodable"),
      unsure: missing("unsure"),
      disagreement: missing("disagreement"),
    },
    strata: sample.design.strata.map(({ size, drawn }, h) => ({
      label: labels[h] ?? "",
      size,
      drawn,
      known: images.filter(({ member, gold }) => member.stratum === h && "category" in gold).length,
    })),
    perCategory: run.codebook.categories.map(
      (_, category) => images.filter(({ trueCategory }) => trueCategory === category).length,
    ),
  };
}
