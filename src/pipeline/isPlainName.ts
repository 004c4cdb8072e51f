import { hasMarkTower } from "../combiningMarks.ts";

/** Longest name that a person gives to something in a study, in characters. */
export const longestName = 80;

/** Whether a name that a person gives fits on one line and can be seen: not blank, not too long, no control characters, no towers of marks. */
export function isPlainName(name: string): boolean {
  const isBlank = /^[\s\p{Default_Ignorable_Code_Point}]*$/u.test(name);
  return !isBlank && name.length <= longestName && !/\p{Cc}/u.test(name) && !hasMarkTower(name);
}
