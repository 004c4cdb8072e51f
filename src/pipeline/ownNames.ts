import { homedir, userInfo } from "node:os";
import { basename } from "node:path";

/** What the system calls whoever runs Clipbook: the user's name and the home folder's; no name where it does not know them. */
export function ownNames(): readonly string[] {
  return [nameOrNone(() => userInfo().username), nameOrNone(() => basename(homedir()))].flat();
}

function nameOrNone(read: () => string): readonly string[] {
  try {
    const name = read();
    return name === "" ? [] : [name];
  } catch {
    // A user id without an entry, as in containers: there is no name that could be told.
    return [];
  }
}
