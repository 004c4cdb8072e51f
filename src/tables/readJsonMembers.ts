/** One key of a JSON object with the text of its value. */
export interface JsonMember {
  readonly key: string;
  readonly json: string;
}

/**
 * The keys of a JSON object and their values as written, in order, repeated keys included. JSON.parse would lose the
 * digits of large integers, 1.0 and the repeated keys.
 * @param text an object that JSON.parse accepts
 * @throws RangeError if it is not
 */
export function readJsonMembers(text: string): readonly JsonMember[] {
  const members: JsonMember[] = [];
  let at = skipBlanks(text, skipBlanks(text, 0) + 1);
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at);
    const key = JSON.parse(text.slice(at, keyEnd)) as string;
    const valueStart = skipBlanks(text, skipBlanks(text, keyEnd) + 1);
    const valueEnd = endOfValue(text, valueStart);
    members.push({ key, json: text.slice(valueStart, valueEnd) });
    at = skipBlanks(text, valueEnd);
    if (text[at] === ",") at = skipBlanks(text, at + 1);
  }
  return members;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text[at] === " " || text[at] === "\t" || text[at] === "\r" || text[at] === "\n") at++;
  return at;
}

/** One past the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) throw new RangeError(`not JSON: the string at character ${start} does not end`);
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return end + 1;
    at = end + 1;
  }
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first === "{" || first === "[") return endOfNested(text, start);
  let at = start;
  while (at < text.length && !", \t\r\n}]".includes(text[at] as string)) at++;
  return at;
}

function endOfNested(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const mark = text[at];
    if (mark === '"') at = endOfString(text, at) - 1;
    else if (mark === "{" || mark === "[") depth++;
    else if (mark === "}" || mark === "]") depth--;
    if (depth === 0) return at + 1;
  }
  throw new RangeError(`not JSON: the value at character ${start} does not end`);
}
