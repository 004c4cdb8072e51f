import { browserStores } from "../shell/browserStores.ts";
import { keepText } from "../shell/keepText.ts";

const key = "clipbook-reviewer";

/** The reviewer's name: of this tab, else the last one that was given in this browser; undefined where it keeps nothing. */
export function maybeRememberedName(): string | undefined {
  return browserStores()
    .map((store) => store.getItem(key))
    .find((name) => name !== null) as string | undefined;
}

/** Keeps a name for this tab, also where another tab gets another name, and for tabs to come; where nothing is kept it is asked again. */
export function rememberName(name: string): void {
  for (const store of browserStores()) keepText(store, key, name);
}
