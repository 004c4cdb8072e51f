import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { CodebookFreeze } from "../../store/sampleStore.ts";
import { measureDigest } from "./measureDigest.ts";

/**
 * Records that a run's codebook is final; frozen once, it stays so, and freezing the same again changes nothing.
 * @param now ISO 8601
 */
export function freezeCodebook(study: Study, run: Run, now: string): CodebookFreeze {
  const sha256 = measureDigest(study, run);
  return study.transaction(
    () => {
      const last = study.samples.freezes().at(-1);
      return last?.sha256 === sha256
        ? last
        : study.samples.addFreeze({ runId: run.id, sha256, frozenAt: now });
    },
    { onDisk: true },
  );
}
