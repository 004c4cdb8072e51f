import { maybeTableFormat } from "../tables/tableFormat.ts";

/** Of an archive's path from the one inside it. */
const intoArchive = "!/";

/**
 * A unit's name for people elsewhere: its path from the input on, with the input's own last name (`pictures/a/b.jpg`), so that no page
 * tells where on the disk the images lie. A name from elsewhere, such as an absolute one in a table, is its last part; a relative
 * one goes without what leads up. Folders up to one that is called as the user are left out, too. Web addresses stay.
 * @param inputs as they were given: folders, files, archives, patterns, or a table, whose folder counts
 * @param own names of the user's
 */
export function shareableName(name: string, inputs: readonly string[], own: readonly string[]): string {
  if (isWebAddress(name)) return name;
  const shown = belowInput(name, inputs) ?? (isAbsolute(name) ? fromLastName(name) : withoutSteps(name));
  return withoutOwn(shown, own);
}

/** A path's last name; `~` for a home folder, which is called as its user. @param own names of the user's */
export function lastNameOf(path: string, own: readonly string[]): string {
  const last = partsOf(path).at(-1) ?? path;
  return isOwn(last, own) ? "~" : last;
}

function belowInput(name: string, inputs: readonly string[]): string | undefined {
  const folders = inputs.map(fixedPart).filter((folder) => isBelow(name, folder));
  // The outermost: of one input in another all is found from there.
  const folder = folders.toSorted((a, b) => a.length - b.length)[0];
  if (folder === undefined) return undefined;
  const rest = name.slice(folder.length).replace(/^\/+/, "");
  const last = partsOf(folder).at(-1);
  if (last === undefined || last === "..") return withoutSteps(rest);
  return rest.startsWith(intoArchive) || rest === "" ? last + rest : `${last}/${rest}`;
}

/** The folder of a table, and of a pattern what stands before its first wildcard; everything else is itself. */
function fixedPart(input: string): string {
  const wildcard = input.search(/[*?[\]{}]/);
  const isWhole = wildcard < 0 && maybeTableFormat(input) === undefined;
  const end = isWhole ? input.length : input.lastIndexOf("/", wildcard < 0 ? input.length : wildcard) + 1;
  const path = input.slice(0, end).replace(/(?<=.)\/+$/, "");
  return path === "" ? "." : path;
}

function isBelow(name: string, folder: string): boolean {
  if (!name.startsWith(folder)) return false;
  const rest = name.slice(folder.length);
  return rest === "" || folder.endsWith("/") || rest.startsWith("/") || rest.startsWith(intoArchive);
}

function isWebAddress(name: string): boolean {
  return /^\s*([a-z][a-z0-9+.-]+:\/\/|data:)/i.test(name) && !/^\s*file:/i.test(name);
}

/** On any system: tables come from other machines. */
function isAbsolute(name: string): boolean {
  return /^\s*([/\\~]|[a-z]:[/\\]|file:)/i.test(name);
}

function partsOf(path: string): readonly string[] {
  const parts = path.split(/^\s*([a-z]:)?\\/i.test(path) ? /[/\\]+/ : /\/+/);
  return parts.filter((part) => part !== "" && part !== ".");
}

/** Without the folders before it; the path inside an archive belongs to the archive's name. */
function fromLastName(name: string): string {
  const at = name.indexOf(intoArchive);
  const outside = at < 0 ? name : name.slice(0, at);
  return `${partsOf(outside).at(-1) ?? outside}${at < 0 ? "" : name.slice(at)}`;
}

/** Without `.` and all up to the last `..`: what remains lies below some folder. */
function withoutSteps(name: string): string {
  const parts = partsOf(name);
  return parts.slice(parts.lastIndexOf("..") + 1).join("/");
}

function withoutOwn(name: string, own: readonly string[]): string {
  const parts = name.split("/");
  const last = parts.findLastIndex((part, i) => i < parts.length - 1 && isOwn(part, own));
  return last < 0 ? name : parts.slice(last + 1).join("/");
}

function isOwn(part: string, own: readonly string[]): boolean {
  return own.some((name) => name.toLowerCase() === part.toLowerCase());
}
