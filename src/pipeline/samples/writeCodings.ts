import type { Writable } from "node:stream";
import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { checkFileSink } from "../../tables/outputSink.ts";
import type { OutputRow } from "../../tables/outputTable.ts";
import type { OwnColumn } from "../../tables/ownColumn.ts";
import type { TableFormat } from "../../tables/tableFormat.ts";
import { writeTable } from "../../tables/writeTable.ts";
import { answerWord } from "../../validation/answerWord.ts";
import { requireReplaceable } from "../replaceable.ts";
import { categoriesOfSample } from "./categoriesOfSample.ts";

/** Which codings are written, and how. */
export interface CodingsSpec {
  readonly format: TableFormat;
  /** Every coding ever given, in the order in which they were given, instead of those that count. */
  readonly history?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

const columns = [
  "unit",
  "coder",
  "category",
  "note",
  "seconds",
  "sha256",
  "role",
  "answer",
  "source",
  "coded_at",
].map((name): OwnColumn => ({ name, kind: "text" }));

/**
 * Writes a sample's codings in long format, one row for each coder and image, as `clipbook import codings` reads them. `category` has
 * the category's name, or the word of another answer; `answer` tells which of both it is.
 * @param target the table's file, which may replace an earlier one of the same kind, or a stream
 * @returns how many rows
 * @throws UserError for a file that is something else, or cannot be written
 */
export async function writeCodings(
  study: Study,
  sample: Sample,
  target: string | Writable,
  { format, history = false, signal }: CodingsSpec,
): Promise<number> {
  if (typeof target === "string") {
    await requireReplaceable(target, ["seconds", "sha256", "coded_at"]);
    await checkFileSink(target);
  }
  const rows = rowsOf(study, sample, history);
  await writeTable(target, { format, own: columns }, rows, { signal });
  return rows.length;
}

function rowsOf(study: Study, sample: Sample, history: boolean): readonly OutputRow[] {
  const members = study.samples.members(sample.id);
  const categories = categoriesOfSample(study, sample);
  const codings = history
    ? study.codings.history(sample.id)
    : study.codings.newest(sample.id).filter(({ answer }) => answer !== "withdrawn");
  return codings.map((coding) => {
    const member = members[coding.place];
    if (member === undefined) throw new RangeError(`sample ${sample.id} has no place ${coding.place}`);
    return {
      input: undefined,
      own: [
        member.name,
        coding.coder,
        coding.answer === "category" ? coding.value : answerWord(coding.answer, categories),
        coding.note === "" ? undefined : coding.note,
        coding.seconds === undefined ? undefined : String(coding.seconds),
        member.sha256,
        coding.role,
        coding.answer,
        coding.source,
        coding.codedAt,
      ],
    };
  });
}
