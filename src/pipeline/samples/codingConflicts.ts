import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";
import type { Coding } from "../../validation/coding.ts";
import type { ReadCoding, ReadCodings } from "./readCoding.ts";

/** How a coding of a file stands to what the coder has answered before. */
export type Comparison =
  | { readonly kind: "new"; readonly seen: 0 }
  /** The same as what counts, or as something that counted before it was changed; or older than what the same page said later. */
  | { readonly kind: "known" }
  /** A coding page corrects what an earlier file of it said, or takes it back. */
  | { readonly kind: "correction"; readonly seen: number }
  /** @property from the file of this import that it came from, undefined for what was stored before */
  | {
      readonly kind: "other";
      readonly seen: number;
      readonly before: Coding;
      readonly from: string | undefined;
    };

/** A coding that contradicts an earlier one. */
export interface Conflict {
  readonly coding: ReadCoding;
  /** The image's name. */
  readonly image: string;
  readonly before: Coding;
  /** Whether both are of the same file. */
  readonly isSelf: boolean;
}

/** What the coders of a sample have answered, while files are compared with it. */
export interface StoredCodings {
  /** @param file what the coding comes from */
  compare(coding: ReadCoding, file: Pick<ReadCodings, "path" | "source">): Comparison;
  /** Notes a coding that was added. @param from its file */
  note(added: Coding, from: string): void;
}

/** All codings of a sample by coder and image. */
export function openStoredCodings(study: Study, sample: Sample): StoredCodings {
  const rows = new Map<string, { readonly coding: Coding; readonly from: string | undefined }[]>();
  const note = (coding: Coding, from: string | undefined) => {
    const key = keyOf(coding);
    rows.set(key, [...(rows.get(key) ?? []), { coding, from }]);
  };
  for (const coding of study.codings.history(sample.id)) note(coding, undefined);
  return {
    note,
    compare: (coding, { path, source }) => {
      const earlier = rows.get(keyOf(coding)) ?? [];
      const newest = earlier.at(-1);
      const isPages = source === "offline" && newest?.coding.source === "offline" && newest.from !== path;
      if (coding.answer === "withdrawn") {
        // A page takes back what it has given itself, and nothing else.
        const isStanding = isPages && newest.coding.answer !== "withdrawn" && isLater(coding, newest.coding);
        return isStanding ? { kind: "correction", seen: newest.coding.id } : { kind: "known" };
      }
      if (newest === undefined) return { kind: "new", seen: 0 };
      const isKnown =
        isSame(coding, newest.coding) ||
        // A file that was handed back earlier: what its coder has changed since stays changed.
        earlier.some(({ coding: other }) => other.codedAt === coding.codedAt && isSame(coding, other));
      if (isKnown || (isPages && isLater(newest.coding, coding))) return { kind: "known" };
      if (isPages && isLater(coding, newest.coding)) return { kind: "correction", seen: newest.coding.id };
      return { kind: "other", seen: newest.coding.id, before: newest.coding, from: newest.from };
    },
  };
}

/** What codings contradict, the first ones by name. */
export function conflictError(conflicts: readonly Conflict[]): UserError {
  const shown = 3;
  const lines = conflicts.slice(0, shown).map(({ coding, image, before, isSelf }) => {
    const where = isSelf
      ? "the same file also says"
      : `the study has, from ${before.source === "screen" ? "the screen" : before.source} at ${before.codedAt},`;
    return `${coding.where}: ${coding.coder} coded ${JSON.stringify(image)} as ${answerText(coding)}, but ${where} ${answerText(before)}`;
  });
  const more = conflicts.length - lines.length;
  if (more > 0) lines.push(`and ${more} more that contradict`);
  return new UserError(lines.map((line) => line.replaceAll("\n", "\\u000a")).join("\n"), {
    isList: true,
    hint: conflicts.some(({ isSelf }) => isSelf)
      ? "leave one of the two in the file; nothing was imported"
      : "nothing was imported; with --replace the files count, and what was there stays in the history",
  });
}

function isLater(a: ReadCoding | Coding, b: ReadCoding | Coding): boolean {
  return a.codedAt !== undefined && b.codedAt !== undefined && Date.parse(a.codedAt) > Date.parse(b.codedAt);
}

function isSame(a: ReadCoding | Coding, b: Coding): boolean {
  return a.answer === b.answer && a.value === b.value && a.note === b.note;
}

function keyOf({ coder, role, place }: Pick<Coding, "coder" | "role" | "place">): string {
  return JSON.stringify([coder, role, place]);
}

function answerText({ answer, value, note }: ReadCoding | Coding): string {
  const said = answer === "category" ? JSON.stringify(value) : answer;
  return note === "" ? said : `${said} (note: ${JSON.stringify(note)})`;
}
