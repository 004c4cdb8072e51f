import { open } from "node:fs/promises";
import { UserError } from "../../errors.ts";
import { findTableFile } from "../../tables/tableFile.ts";
import { maybeTableFormat } from "../../tables/tableFormat.ts";
import { isCodingsFile, readCodingsFile } from "../../validation/readCodingsFile.ts";
import { type CodingsContext, type ReadCodings, requirePlace } from "./readCoding.ts";
import { readCodingsTable } from "./readCodingsTable.ts";
import { readLabelStudio } from "./readLabelStudio.ts";

/** A JSON file is read as a whole; ten thousand codings take 3 MB, and Label Studio's pictures can be in its export. */
const mostBytes = 400_000_000;

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
  if (maybeTableFormat(path) !== undefined) return readCodingsTable(path, context, onlyCoder);
  const json = parseJson(await readText(path), path);
  if (!isCodingsFile(json)) return readLabelStudio(json, path, context);
  const content = readCodingsFile(json, path);
  if (content.sampleDigest !== context.sampleDigest) {
    const isNamesake = content.sample === context.sample;
    throw new UserError(
      isNamesake
        ? `${path}: codings of another sample that is called "${content.sample}", too: its images or categories are others`
        : `${path}: codings of sample ${JSON.stringify(content.sample)}, not of "${context.sample}"`,
      {
        hint: isNamesake
          ? "import them into the study that their coding page was written from"
          : `give --sample ${JSON.stringify(content.sample)}, if the study has it`,
      },
    );
  }
  const codings = content.codings.map(({ image, answer, value, note, seconds, codedAt }, index) => ({
    where: `${path}, coding ${index + 1}`,
    place: requirePlace(context, image, `${path}, coding ${index + 1}`),
    coder: content.coder,
    role: "coder" as const,
    answer,
    value: value ?? undefined,
    note,
    seconds: seconds ?? undefined,
    codedAt,
  }));
  return { path, source: "offline", codings, unanswered: 0 };
}

async function readText(path: string): Promise<string> {
  const { sizeBytes } = await findTableFile(path);
  if (sizeBytes > mostBytes) {
    throw new UserError(`${path}: larger than ${mostBytes / 1e6} MB: that is no file of codings`, {
      hint: "from Label Studio, export a part of the tasks at a time",
    });
  }
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
