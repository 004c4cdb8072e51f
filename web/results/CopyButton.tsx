import { useState } from "preact/hooks";

/** Copies a text; where the browser does not allow it, says how to do it by hand. */
export function CopyButton({ what, text }: { readonly what: string; readonly text: string }) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  const copy = async () => setState((await isCopied(text)) ? "copied" : "refused");
  return (
    <p class="copy">
      <button type="button" onClick={copy}>
        Copy the {what}
      </button>{" "}
      <span role="status">
        {state === "copied" && "Copied."}
        {state === "refused" && "The browser does not allow it: select the text and copy it."}
      </span>
    </p>
  );
}

/** The clipboard needs a secure address, which a study that is served to other machines has not: there a selection is copied. */
async function isCopied(text: string): Promise<boolean> {
  const { clipboard } = navigator as { readonly clipboard?: Clipboard };
  if (clipboard === undefined) return isSelectionCopied(text);
  return clipboard.writeText(text).then(
    () => true,
    () => isSelectionCopied(text),
  );
}

function isSelectionCopied(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.querySelector(".results")?.append(area);
  area.select();
  // Deprecated, and all that there is without a secure address.
  const isDone = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isDone;
}
