import { realpathSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { UserError } from "../../errors.ts";

/** A name that stands for a folder, or for what an address begins with: other ones on other machines. */
export interface Root {
  readonly name: string;
  /** An absolute folder, or `http(s)://...` with a slash at its end. */
  readonly place: string;
}

/** The root that only a coordinator's own workers know: the whole disk. */
export const ownRootName = "";

/** Reads `NAME=FOLDER` or `NAME=https://host/...`. @throws UserError for anything else */
export function parseRoot(text: string): Root {
  const at = text.indexOf("=");
  const name = text.slice(0, at);
  const place = text.slice(at + 1);
  if (at < 1 || place === "" || !/^[\w.-]{1,64}$/.test(name)) {
    throw new UserError(`--root ${text}: this is no name with a folder`, {
      hint: "write --root archive=/mnt/archive; the name has letters, digits, dots, dashes and underscores",
    });
  }
  if (!isAddress(place)) return { name, place: resolve(place) };
  if (!URL.canParse(place) || new URL(place).search !== "" || new URL(place).hash !== "")
    throw new UserError(`--root ${name}: this is no address that paths can follow`, {
      hint: "write it as https://host/folder/",
    });
  return { name, place: place.endsWith("/") ? place : `${place}/` };
}

/** Whether a root's place is an address and no folder. */
export function isAddress(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/** @throws UserError for a name that two roots have */
export function requireDistinct(roots: readonly Root[]): void {
  const names = new Set<string>();
  for (const { name } of roots) {
    if (names.has(name))
      throw new UserError(`--root ${name} is given twice`, { hint: "give each name once" });
    names.add(name);
  }
}

/**
 * Tells where a file lies below the roots: below the deepest one that it lies in.
 * @param roots folders
 */
export function openRootFinder(roots: readonly Root[]): (path: string) => { root: string; path: string } {
  const folders = roots.flatMap(({ name, place }) =>
    [...new Set([place, withoutLinks(place)])].map((folder) => ({ name, folder })),
  );
  folders.sort((a, b) => b.folder.length - a.folder.length);
  return (path) => {
    for (const { name, folder } of folders) {
      const inside = relative(folder, path);
      if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || inside === path) continue;
      return { root: name, path: inside.split(sep).join("/") };
    }
    return { root: ownRootName, path: path.split(sep).join("/").replace(/^\//, "") };
  };
}

function withoutLinks(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (cause) {
    throw new UserError(`${folder}: this root cannot be read`, { hint: "check the folder's name", cause });
  }
}
