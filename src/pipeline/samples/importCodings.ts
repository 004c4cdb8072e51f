import type { Study } from "../../store/openStudy.ts";
import type { Sample, SampleCoder } from "../../store/sampleStore.ts";
import { categoryVariable } from "../../validation/coding.ts";
import { addNamedCoder } from "./addCoder.ts";
import { categoriesOfSample } from "./categoriesOfSample.ts";
import { type Conflict, conflictError, openStoredCodings } from "./codingConflicts.ts";
import { digestOfSample } from "./digestOfSample.ts";
import { openMemberFinder } from "./findMember.ts";
import { type CoderNames, nameCoders } from "./nameCoders.ts";
import type { ReadCoding, ReadCodings } from "./readCoding.ts";
import { readCodings } from "./readCodings.ts";
import { requireCodable } from "./recordCoding.ts";
import { requireNoTraining } from "./requireNoTraining.ts";

/** How codings are imported. */
export interface ImportCodingsOptions {
  readonly coders?: CoderNames | undefined;
  /** Whether the files count where a coder has answered otherwise before; what was there stays in the history. */
  readonly replace?: boolean | undefined;
  /** ISO 8601; stands where a file does not tell when something was coded. */
  readonly now: string;
}

/** What became of a file's codings. */
export interface ImportedFile {
  readonly path: string;
  readonly source: ReadCodings["source"];
  /** By name. */
  readonly coders: readonly string[];
  /** Answers that it has. */
  readonly codings: number;
  readonly added: number;
  /** Those that were there already, exactly so, or that a later file of the same page had corrected. */
  readonly known: number;
  /** Of those that were added: where the coder had answered otherwise, and not in an earlier file of the same page. */
  readonly replaced: number;
  /** Of those that were added: where an earlier file of the same page had another answer. */
  readonly changed: number;
  /** Answers of an earlier file of the same page that the coder has taken back since. */
  readonly withdrawn: number;
  /** Entries without an answer. */
  readonly unanswered: number;
}

/** What an import did. */
export interface ImportedCodings {
  readonly files: readonly ImportedFile[];
  /** Coders that the sample did not have before, by name. */
  readonly newCoders: readonly string[];
  readonly added: number;
}

/**
 * Takes the codings of files into a sample: all of them, or, when anything is wrong, none. Codings that are there already are counted
 * and not added again. A later file of a coding page supersedes what came from an earlier one. Coders who are new are added to the
 * sample.
 * @throws UserError for a training round, a file that cannot be read, was altered, is of another sample, has a mistake, or contradicts what a coder has
 * answered before
 */
export async function importCodings(
  study: Study,
  sample: Sample,
  paths: readonly string[],
  { coders = {}, replace = false, now }: ImportCodingsOptions,
): Promise<ImportedCodings> {
  requireNoTraining(sample);
  const context = {
    sample: sample.name,
    sampleDigest: digestOfSample(study, sample),
    categories: categoriesOfSample(study, sample),
    find: openMemberFinder(study, sample),
  };
  const files: ReadCodings[] = [];
  for (const path of paths) files.push(await readCodings(path, context, coders.only));
  return study.transaction(() => addAll(study, sample, files, { coders, replace, now }), { onDisk: true });
}

function addAll(
  study: Study,
  sample: Sample,
  files: readonly ReadCodings[],
  { coders, replace, now }: { readonly coders: CoderNames; readonly replace: boolean; readonly now: string },
): ImportedCodings {
  const names = study.samples.members(sample.id).map(({ name }) => name);
  const stored = openStoredCodings(study, sample);
  const known: SampleCoder[] = [...study.samples.coders(sample.id)];
  const newCoders = new Set<string>();
  const conflicts: Conflict[] = [];
  const requireCoder = ({ coder, role }: ReadCoding) => {
    if (known.some((other) => other.coder === coder && other.role === role)) return;
    known.push(addNamedCoder(study, sample, { coder, role, addedAt: now }));
    newCoders.add(coder);
  };
  const imported = files.map((file): ImportedFile => {
    const counts = { added: 0, known: 0, replaced: 0, changed: 0, withdrawn: 0 };
    const codings = nameCoders(file, coders, known);
    requireCodable(
      study,
      sample,
      codings.map(({ place, answer, value }) => ({ place, answer, value, variable: categoryVariable })),
    );
    for (const coding of codings) {
      const isWithdrawn = coding.answer === "withdrawn";
      requireCoder(coding);
      const found = stored.compare(coding, file);
      if (found.kind === "known") {
        if (!isWithdrawn) counts.known += 1;
        continue;
      }
      // A file that says two things of an image is wrong in itself: no order of its rows is the right one.
      const isSelf = found.kind === "other" && found.from === file.path;
      if (found.kind === "other" && (isSelf || !replace)) {
        conflicts.push({ coding, image: names[coding.place] as string, ...found, isSelf });
        continue;
      }
      const { where: _, codedAt, ...given } = coding;
      const spec = {
        ...given,
        sampleId: sample.id,
        variable: categoryVariable,
        source: file.source,
        codedAt: codedAt ?? now,
      };
      const written = study.codings.add(spec, found.seen);
      // Nobody else writes within the transaction.
      if (!("added" in written)) throw new RangeError("a coding that was not seen");
      stored.note(written.added, file.path);
      if (isWithdrawn) counts.withdrawn += 1;
      else counts.added += 1;
      if (found.kind === "other") counts.replaced += 1;
      if (found.kind === "correction" && !isWithdrawn) counts.changed += 1;
    }
    return {
      path: file.path,
      source: file.source,
      coders: [...new Set(codings.map(({ coder }) => coder))].sort(),
      codings: codings.filter(({ answer }) => answer !== "withdrawn").length,
      ...counts,
      unanswered: file.unanswered,
    };
  });
  if (conflicts.length > 0) throw conflictError(conflicts);
  const added = imported.reduce((sum, file) => sum + file.added, 0);
  return { files: imported, newCoders: [...newCoders].sort(), added };
}
