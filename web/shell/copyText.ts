/**
 * Copies a text. Browsers offer the clipboard to secure addresses only, which a study that is served to other machines has not: there
 * a selection is copied.
 * @returns false where the browser does not allow it
 */
export async function copyText(text: string): Promise<boolean> {
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
  document.body.append(area);
  area.select();
  // Deprecated, and all that there is without a secure address.
  const isDone = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isDone;
}
