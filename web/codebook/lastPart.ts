/** The part of an image's name behind the last slash: where space is small, the whole name is its title. */
export function lastPart(name: string): string {
  return name.split(/[/\\]/u).findLast((part) => part !== "") ?? name;
}
