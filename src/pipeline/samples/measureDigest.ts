import { createHash } from "node:crypto";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";

/**
 * A digest of everything that decides a run's answers, and of nothing else: categories and phrases in their order, templates, the
 * encoder's identity, view, scoring, scale and bias. Two runs with the same one give every image the same answer; comments, instructions
 * and descriptions may change. SHA-256, hexadecimal.
 */
export function measureDigest(study: Study, run: Run): string {
  const measure = [
    run.codebook.categories.map(({ name, phrases, residual }) => [name, phrases, residual === true]),
    run.codebook.templates,
    study.embeddings.encoder(run.encoderId).identity,
    run.view,
    run.scoring,
    run.probabilityKind,
    run.logitScale,
    run.logitBias,
  ];
  return createHash("sha256").update(JSON.stringify(measure)).digest("hex");
}
