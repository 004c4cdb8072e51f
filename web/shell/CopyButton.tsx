import { useState } from "preact/hooks";
import { copyText } from "./copyText.ts";

/** Copies a text; where the browser does not allow it, says how to do it by hand. */
export function CopyButton({ what, text }: { readonly what: string; readonly text: string }) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  const copy = async () => setState((await copyText(text)) ? "copied" : "refused");
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
