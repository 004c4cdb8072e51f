import type { Dirent } from "node:fs";
import { opendir } from "node:fs/promises";
import { join, parse, sep } from "node:path";
import { pathExists } from "./pathExists.ts";

/** So many folders' odd names are kept, and so many names of one folder. */
const mostFolders = 64;
const mostNames = 100_000;

/** The names of a folder that are written in neither of the two usual forms, by their composed form. */
type OddNames = ReadonlyMap<string, readonly string[]>;

/**
 * Finds files whose names are written in another form of Unicode than the path: an "ä" is one character (NFC) or an "a"
 * with a mark (NFD), and programs turn one into the other (UAX #15). The answer is undefined where no file has such a name,
 * or several have: then only the exact one would do.
 */
export function openPathMatcher(): (path: string) => Promise<string | undefined> {
  const odd = new Map<string, Promise<OddNames>>();
  const oddNamesIn = (folder: string): Promise<OddNames> => {
    const names = odd.get(folder) ?? readOddNames(folder);
    odd.delete(folder);
    odd.set(folder, names);
    for (const oldest of odd.keys()) {
      if (odd.size <= mostFolders) break;
      odd.delete(oldest);
    }
    return names;
  };
  const maybeName = async (folder: string, name: string): Promise<string | undefined> => {
    if (await pathExists(join(folder, name))) return name;
    const composed = name.normalize("NFC");
    const usual = [...new Set([composed, name.normalize("NFD")])];
    const found = (await Promise.all(usual.map((form) => pathExists(join(folder, form))))).flatMap((is, i) =>
      is ? [usual[i] as string] : [],
    );
    const all = [...found, ...((await oddNamesIn(folder)).get(composed) ?? [])];
    return all.length === 1 ? all[0] : undefined;
  };
  return async (path) => {
    // Letters of ASCII have one form only.
    if (!/[^\0-\x7f]/.test(path) || path.includes("\0")) return undefined;
    const { root } = parse(path);
    let place = root;
    for (const name of path.slice(root.length).split(sep)) {
      const found = await maybeName(place, name);
      if (found === undefined) return undefined;
      place = join(place, found);
    }
    return place;
  };
}

/** Hardly any: that a folder has a million names costs no memory. None of a folder that cannot be read. */
async function readOddNames(folder: string): Promise<OddNames> {
  const odd = new Map<string, string[]>();
  const entries = await opendir(folder, { bufferSize: 1024 }).catch(() => undefined);
  if (entries === undefined) return odd;
  let count = 0;
  for await (const { name } of entries as AsyncIterable<Dirent>) {
    if (!/[^\0-\x7f]/.test(name)) continue;
    const composed = name.normalize("NFC");
    if (name === composed || name === name.normalize("NFD")) continue;
    count += 1;
    if (count > mostNames) break;
    odd.set(composed, [...(odd.get(composed) ?? []), name]);
  }
  return odd;
}
