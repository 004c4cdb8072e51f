import { useLayoutEffect, useRef } from "preact/hooks";

/** Where keys belong to the text that is typed. */
const textFields = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
/** What answers to Enter and the space bar by itself. */
const pressable = "button, a, summary, select, input, textarea";

/**
 * Single keys as commands, as long as this component is there. They do nothing while a text field has the focus or a dialog is open, nor
 * together with Ctrl, Meta or Alt, nor while a key is held down; Enter does nothing where it presses what has the focus.
 * @param onKey told of the key, as `KeyboardEvent.key` in small letters; whether it was a command
 */
export function useKeys(onKey: (key: string) => boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  // Before the page is painted: whoever sees it may press a key at once.
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (target.closest(textFields) !== null || document.querySelector("dialog[open]") !== null) return;
      if ((event.key === "Enter" || event.key === " ") && target.closest(pressable) !== null) return;
      if (latest.current(event.key.toLowerCase())) event.preventDefault();
    };
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}
