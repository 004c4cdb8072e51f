/** Where a browser keeps texts: the part of `Storage` that is needed. */
export type TextStore = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

/**
 * Keeps a text under a key; undefined forgets it.
 * @param store undefined: the browser keeps nothing
 * @returns whether the store is now as told; false where it is full, or where the browser was told to keep nothing
 */
export function keepText(store: TextStore | undefined, key: string, text: string | undefined): boolean {
  if (store === undefined) return false;
  try {
    if (text === undefined) store.removeItem(key);
    else store.setItem(key, text);
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}
