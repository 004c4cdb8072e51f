import { open } from "node:fs/promises";
import { UserError } from "../../errors.ts";
import { findTableFile } from "../../tables/tableFile.ts";
import { maybeTableFormat } from "../../tables/tableFormat.ts";
import type { CodingsContent } from "../../validation/codingsFile.ts";
import { isCodingsFile, readCodingsFile } from "../../validation/readCodingsFile.ts";
import {
  type CodingsContext,
  type ReadCoding,
  type ReadCodings,
  requirePlace,
  unknownAnswer,
} from "./readCoding.ts";
import { readCodingsTable } from "./readCodingsTable.ts";
import { readLabelStudio } from "./readLabelStudio.ts";
import { requireLimits } from "./requireLimits.ts";

/** A file is read as a whole, which takes many times its size in memory; Label Studio's pictures can be in its export. */
const mostBytes = 64_000_000;

/**
 * Reads a file of codings, whatever wrote it: a coding page or Label Studio (JSON), or anything that writes a table.
 * @param onlyCoder who coded, where the file does not tell
 * @throws UserError for a file that cannot be read, of another sample, or with a mistake
 */
export async function readCodings(
  path: string,
  context: CodingsContext,
  onlyCoder: string | undefined,
): Promise<ReadCodings> {
  await requireSmall(path);
  const read =
    maybeTableFormat(path) === undefined
      ? await readJson(path, context)
      : await readCodingsTable(path, context, onlyCoder);
  for (const coding of read.codings) requireLimits(coding);
  return read;
}

async function readJson(path: string, context: CodingsContext): Promise<ReadCodings> {
  const json = parseJson(await readText(path), path);
  if (!isCodingsFile(json)) return readLabelStudio(json, path, context);
  const content = readCodingsFile(json, path);
  if (content.sampleDigest !== context.sampleDigest) throw otherSample(content, path, context);
  return { path, source: "offline", codings: codingsOf(content, path, context), unanswered: 0 };
}

function codingsOf(
  { coder, codings }: CodingsContent,
  path: string,
  context: CodingsContext,
): readonly ReadCoding[] {
  return codings.map(({ image, answer, value, note, seconds, codedAt }, index) => {
    const where = `${path}, coding ${index + 1}`;
    const isRight = answer === "category" ? context.categories.includes(value ?? "") : value === null;
    if (!isRight) throw unknownAnswer(context, value ?? "", where);
    return {
      where,
      place: requirePlace(context, image, where),
      coder,
      role: "coder",
      answer,
      value: value ?? undefined,
      note: note.toWellFormed(),
      seconds: seconds ?? undefined,
      codedAt,
    };
  });
}

function otherSample({ sample }: CodingsContent, path: string, context: CodingsContext): UserError {
  if (sample === context.sample) {
    return new UserError(
      `${path}: codings of another sample that is called "${sample}", too: its images or categories are others`,
      { hint: "import them into the study that their coding page was written from" },
    );
  }
  return new UserError(`${path}: codings of sample ${JSON.stringify(sample)}, not of "${context.sample}"`, {
    hint: `give --sample ${JSON.stringify(sample)}, if the study has it`,
  });
}

async function requireSmall(path: string): Promise<void> {
  const { sizeBytes } = await findTableFile(path);
  if (sizeBytes <= mostBytes) return;
  throw new UserError(`${path}: larger than ${mostBytes / 1e6} MB, which is too much to be read at once`, {
    hint: "take a part of it at a time: all parts can be named in one import",
  });
}

async function readText(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    // The decoder takes a byte-order mark away.
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.readFile());
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new UserError(`${path}: not UTF-8 text`, { hint: "save it as UTF-8", cause });
  } finally {
    await file.close();
  }
}

function parseJson(text: string, path: string): unknown {
  if (text.trim() === "") throw new UserError(`${path}: the file is empty`, { hint: "export it once more" });
  if (/^\s*<!doctype html/i.test(text)) {
    throw new UserError(`${path}: this is a page, and no codings`, {
      hint: "ask for the file that the page saves by Export codings",
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new UserError(`${path}: not valid JSON: ${cause.message}`, {
      hint: "is the file complete? Codings come as JSON, or as a table that ends in .csv, .tsv, .jsonl or .parquet",
      cause,
    });
  }
}
