import type { Writable } from "node:stream";
import { codebookPhrases } from "../../codebook/codebook.ts";
import { checkFileSink } from "../../tables/outputSink.ts";
import type { OutputRow } from "../../tables/outputTable.ts";
import type { OwnColumn } from "../../tables/ownColumn.ts";
import type { TableFormat } from "../../tables/tableFormat.ts";
import { writeTable } from "../../tables/writeTable.ts";
import { strataLabels } from "../../validation/strataLabels.ts";
import { requireReplaceable } from "../replaceable.ts";
import type { CodedSample } from "./codedSample.ts";
import { responseDesign } from "./responseDesign.ts";

// Names without blanks: R and Python read them as they are.
const columns = [
  { name: "unit", kind: "text" },
  { name: "sha256", kind: "text" },
  { name: "gold", kind: "text" },
  { name: "gold_by", kind: "text" },
  { name: "predicted", kind: "text" },
  { name: "phrase", kind: "text" },
  { name: "probability", kind: "number" },
  { name: "stratum", kind: "text" },
  { name: "stratum_size", kind: "integer" },
  { name: "stratum_drawn", kind: "integer" },
  { name: "inclusion_probability", kind: "number" },
  { name: "weight", kind: "number" },
] as const satisfies readonly OwnColumn[];

/**
 * Writes a sample's images with what is true, what the run says, and how likely each was drawn, for other programs. `weight` counts
 * the answered for those without an answer, and is empty for these.
 * @param target the table's file, which may replace an earlier one of the same kind, or a stream
 * @returns how many rows
 * @throws UserError for a file that is something else, or cannot be written
 */
export async function writeGold(
  coded: CodedSample,
  target: string | Writable,
  { format, signal }: { readonly format: TableFormat; readonly signal?: AbortSignal | undefined },
): Promise<number> {
  if (typeof target === "string") {
    await requireReplaceable(target, ["gold_by", "inclusion_probability"]);
    await checkFileSink(target);
  }
  await writeTable(target, { format, own: columns }, rowsOf(coded), { signal });
  return coded.images.length;
}

function* rowsOf(coded: CodedSample): Generator<OutputRow> {
  const { sample, run, drawnFrom, images } = coded;
  const response = responseDesign(coded, "collection");
  const weights = new Map(
    response.images.map(({ member }, i) => [member.place, response.weights[i] as number]),
  );
  const categories = run.codebook.categories.map(({ name }) => name);
  const phrases = codebookPhrases(run.codebook);
  const labels = strataLabels(
    sample.design.strata,
    drawnFrom.codebook.categories.map(({ name }) => name),
  );
  for (const { member, gold, prediction } of images) {
    const stratum = sample.design.strata[member.stratum];
    yield {
      input: undefined,
      own: [
        member.name,
        member.sha256,
        "category" in gold ? gold.category : undefined,
        "category" in gold ? gold.by : gold.missing,
        prediction && categories[prediction.category],
        prediction && phrases[prediction.phrase]?.text,
        prediction?.probability,
        labels[member.stratum],
        stratum?.size,
        stratum?.drawn,
        member.inclusionProbability,
        weights.get(member.place),
      ],
    };
  }
}
