import { isUtf8 } from "node:buffer";
import { crc32 } from "node:zlib";
import { escapedName } from "../escapedName.ts";
import { ImageFailure } from "../imageFailure.ts";

/** The characters 128 to 255 of IBM's code page 437, which names without any mark are in (APPNOTE, appendix D). */
const codePage437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" +
  "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

/** The extra field that repeats a name in UTF-8 (APPNOTE section 4.6.9). */
const unicodePathField = 0x7075;

/**
 * An entry's name as text, and what is wrong with it: names that lead out of the archive, or mean different things on
 * different systems, are not read. Names without the mark of UTF-8 are taken for it where they can be, as
 * macOS writes them, else for code page 437.
 * @param extra the entry's extra fields
 */
export function entryName(
  bytes: Buffer,
  isMarkedUtf8: boolean,
  extra: Iterable<readonly [id: number, content: Buffer]>,
): { readonly name: string; readonly failure: ImageFailure | undefined } {
  const name = maybeUnicodePath(bytes, extra) ?? decoded(bytes, isMarkedUtf8);
  if (name === undefined) {
    return { name: escapedName(bytes), failure: refused("is not UTF-8, though the archive says so") };
  }
  if (name.includes("\0"))
    return { name: name.replaceAll("\0", "\\x00"), failure: refused("has a zero in it") };
  return { name, failure: maybeFault(name) };
}

function maybeFault(name: string): ImageFailure | undefined {
  if (name === "") return refused("is empty");
  if (name.includes("\\")) return refused("has a backslash");
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) return refused("begins at the root of a disk");
  return name.split("/").includes("..") ? refused("leads out of the archive") : undefined;
}

function refused(fault: string): ImageFailure {
  return new ImageFailure(
    "unreadable_name",
    `the file's name in the archive ${fault}: unpack the archive and give the folder`,
  );
}

function decoded(bytes: Buffer, isMarkedUtf8: boolean): string | undefined {
  if (isUtf8(bytes)) return bytes.toString();
  if (isMarkedUtf8) return undefined;
  let name = "";
  for (const byte of bytes) name += byte < 128 ? String.fromCharCode(byte) : codePage437[byte - 128];
  return name;
}

function maybeUnicodePath(
  bytes: Buffer,
  extra: Iterable<readonly [id: number, content: Buffer]>,
): string | undefined {
  for (const [id, content] of extra) {
    if (id !== unicodePathField || content.length < 6 || content[0] !== 1) continue;
    const name = content.subarray(5);
    // Of another name, from before the file was renamed within the archive.
    if (content.readUInt32LE(1) === crc32(bytes) && isUtf8(name)) return name.toString();
  }
  return undefined;
}
