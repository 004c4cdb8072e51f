import { dirname, relative, resolve, sep } from "node:path";
import type { InputSource } from "../inputSource.ts";

/**
 * What gives a source's units their keys: a unit's name from its input on, with `/`, wherever the input lies. In a folder
 * that is the path in it; what a pattern matched goes on from the folder that the pattern looks into; a file that was named
 * is its own name alone, and an archive's pictures begin with the archive's: `a.zip!/b.jpg`.
 */
export function unitKey({ shown, kind, matchedIn }: InputSource): (name: string) => string {
  const ownBase = kind === "folder" ? resolve(shown) : dirname(resolve(shown));
  const start = relative(matchedIn ?? ownBase, resolve(shown))
    .split(sep)
    .join("/");
  // As the search of a folder writes its names.
  const prefix = kind === "folder" ? shown.replace(/(?<=.)\/+$/, "") : shown;
  return (name) => {
    const rest = name.slice(prefix.length);
    return start === "" ? rest.replace(/^\/+/, "") : start + rest;
  };
}
