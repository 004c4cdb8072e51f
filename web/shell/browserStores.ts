import type { TextStore } from "./keepText.ts";

/** Where this browser keeps texts: for the tab, and beyond it; none where the user has told it not to. */
export function browserStores(): readonly TextStore[] {
  try {
    return [sessionStorage, localStorage];
  } catch (error) {
    // Browsers that block a site's storage throw at the first touch of it.
    if (error instanceof DOMException) return [];
    throw error;
  }
}
