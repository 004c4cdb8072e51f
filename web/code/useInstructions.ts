import { useState } from "preact/hooks";
import { browserStores } from "../shell/browserStores.ts";
import { keepText } from "../shell/keepText.ts";

const key = "clipbook code instructions";

/**
 * Whether the categories' instructions are shown beside their names, as this browser remembers it.
 * @param isUsual what it is until the coder changes it
 */
export function useInstructions(isUsual: boolean): readonly [isShown: boolean, toggle: () => void] {
  const store = browserStores()[1];
  const [isShown, setShown] = useState(
    () => (store?.getItem(key) ?? (isUsual ? "shown" : "hidden")) === "shown",
  );
  const toggle = () => {
    keepText(store, key, isShown ? "hidden" : "shown");
    setShown(!isShown);
  };
  return [isShown, toggle];
}
