import { UserError } from "../errors.ts";
import { refuseForeignContent } from "./foreignContent.ts";
import type { InputRow, InputTable } from "./inputTable.ts";
import { type JsonKinds, jsonColumnType, jsonKind } from "./jsonColumnType.ts";
import { type JsonMember, readJsonMembers } from "./readJsonMembers.ts";
import { readTextLines, type TextLine } from "./readTextLines.ts";
import { readTableStart, type TableFile } from "./tableFile.ts";
import { bomBytes, readByteOrderMark } from "./textEncoding.ts";

const mostColumns = 10_000;
/** Programs that read the results by recursion, Python's json among them, give up at about 1,000. */
const deepestNesting = 500;

/**
 * Opens a JSON Lines file: one object per line, blank lines between them are ignored. The columns are all keys of all
 * lines in order of first appearance, so the whole file is read once here.
 * @throws UserError for an empty file, a broken line, a line that is no object, a key twice in one line, not UTF-8.
 */
export async function openJsonLines(file: TableFile): Promise<InputTable> {
  const start = await readTableStart(file, 1024);
  refuseForeignContent(start, file.path, "jsonl");
  const bom = readByteOrderMark(start, file.path);
  const startByte = bom ? bomBytes : 0;
  const kindsByColumn = new Map<string, JsonKinds>();
  let newline: "\n" | "\r\n" | undefined;
  let count = 0;
  for await (const textLine of readTextLines(file, startByte)) {
    const members = readLine(textLine, file.path);
    if (!members) continue;
    count++;
    newline ??= textLine.newline === "\r\n" ? "\r\n" : "\n";
    for (const { key, json } of members)
      kindsByColumn.set(key, (kindsByColumn.get(key) ?? 0) | jsonKind(json));
    if (kindsByColumn.size > mostColumns) {
      throw new UserError(`${file.path}:${textLine.line}: more than ${mostColumns} different keys`, {
        hint: "give every line the same keys; a key is a column of the table",
      });
    }
  }
  if (count === 0) {
    throw new UserError(`${file.path}: the table is empty`, { hint: "put one JSON object on each line" });
  }
  const columns = [...kindsByColumn.keys()];
  return {
    path: file.path,
    format: { kind: "jsonl", bom, newline: newline ?? "\n" },
    columns,
    parquetColumns: columns.map((column) => jsonColumnType(column, kindsByColumn.get(column) ?? 0)),
    rows: () => readRows(file, startByte, columns),
  };
}

async function* readRows(
  file: TableFile,
  startByte: number,
  columns: readonly string[],
): AsyncGenerator<InputRow> {
  let number = 0;
  for await (const textLine of readTextLines(file, startByte)) {
    const members = readLine(textLine, file.path);
    if (!members) continue;
    number++;
    const cells = new Map(members.map(({ key, json }) => [key, { json }]));
    yield {
      number,
      line: textLine.line,
      cells: columns.map((column) => cells.get(column)),
      source: textLine.text.trim(),
    };
  }
}

function readLine({ line, text }: TextLine, path: string): readonly JsonMember[] | undefined {
  if (/^[ \t\r]*$/.test(text)) return undefined;
  const where = `${path}:${line}`;
  if (text.length > 2 * deepestNesting && isNestedDeeper(text, deepestNesting)) {
    throw new UserError(`${where}: lists and objects nested more than ${deepestNesting} deep`, {
      hint: "is this a table? a cell is a text or a number",
    });
  }
  checkObject(text, where);
  const members = readJsonMembers(text);
  const keys = new Set<string>();
  for (const { key } of members) {
    if (keys.has(key)) {
      throw new UserError(`${where}: the key "${key}" is there twice`, {
        hint: "delete or rename one of the two",
      });
    }
    keys.add(key);
  }
  return members;
}

/** Whether brackets and braces outside texts are nested deeper than `most`. */
function isNestedDeeper(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    if (mark === "[" || mark === "{") depth++;
    else if (mark === "]" || mark === "}") depth--;
    else if (mark === '"') at = endOfText(text, at);
    if (depth > most) return true;
  }
  return false;
}

/** Where the text that opens at `start` closes, or the line's end. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function checkObject(text: string, where: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError(`${where}: not a JSON object on one line: ${error.message}`, {
      hint: "JSON Lines has one complete object per line, without commas between the lines",
      cause: error,
    });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const what = Array.isArray(value) ? "a list" : "a single value";
    throw new UserError(`${where}: ${what}, not an object`, {
      hint: 'write every row as an object of its own on its own line: {"image": "a.jpg"}',
    });
  }
}
