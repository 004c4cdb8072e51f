import { embeddings, maybeRowOfOtherLength } from "../../embeddings.ts";
import { damagedEmbedding } from "../../store/damagedEmbedding.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run, RunRow } from "../../store/runStore.ts";
import type { VectorsToWrite } from "../../tables/encodeParquetVectors.ts";

/** Vectors of some units, and `exportedColumns` of each. */
export type ExportedRows = VectorsToWrite;

/** Units that are read at once. */
const unitsAtOnce = 4096;

/**
 * A run's units that have a vector, in order, taken part by part.
 * @throws UserError for an embedding that was damaged in the study
 */
export function exportedRows(study: Study, run: Run): { take(count: number): AsyncGenerator<ExportedRows> } {
  const rows = study.runs.rows(run.id);
  const nextUnits = (count: number): RunRow[] => {
    const units: RunRow[] = [];
    while (units.length < count) {
      const next = rows.next();
      if (next.done) break;
      if (next.value.imageId !== undefined) units.push(next.value);
    }
    return units;
  };
  return {
    async *take(count) {
      for (let left = count; left > 0; ) {
        const units = nextUnits(Math.min(unitsAtOnce, left));
        if (units.length === 0)
          throw new RangeError(`run ${run.id} has ${left} units less than were counted`);
        left -= units.length;
        const imageIds = units.map(({ imageId }) => imageId as number);
        const { values, dim } = study.embeddings.vectorsOf(run.encoderId, run.view, imageIds);
        const odd = maybeRowOfOtherLength(embeddings(values, dim));
        if (odd !== undefined) throw damagedEmbedding(`image ${imageIds[odd]}`);
        yield { values, dim, texts: units.map((unit) => textsOf(study, run, unit)) };
      }
    },
  };
}

function textsOf(study: Study, run: Run, { unit, imageId, prediction }: RunRow): readonly string[] {
  const { sha256 } = study.images.get(imageId as number);
  const category = prediction && run.codebook.categories[prediction.category]?.name;
  return [unit.name, Buffer.from(sha256).toString("hex"), category ?? ""];
}
