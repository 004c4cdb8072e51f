import { useEffect, useRef } from "preact/hooks";

const keys: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["R"], "Right"],
  [
    ["W"],
    "Wrong: then a category's key for the correct one, or Enter (or W again) for just wrong, Esc for back",
  ],
  [["U"], "Unsure: it does not count, and is told apart"],
  [["S"], "Skip: it comes again at the end, if you want"],
  [["N"], "Note: Enter or Esc leads back to the keys; it is saved with the verdict"],
  [["Z", "Backspace"], "Undo: takes the last verdict back and shows its picture again"],
  [["Enter"], "Try again to save, where that failed"],
  [["?"], "These keys"],
];

/** The keys of the review, in a dialog. */
export function KeyHelp({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);
  return (
    <dialog ref={dialog} class="key-help" aria-labelledby="keys-heading" onClose={onClose}>
      <h2 id="keys-heading">Keys</h2>
      <dl>
        {keys.map(([names, what]) => (
          <div key={what}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="soft">
        Every verdict is on the disk before the next picture shows. Close this page whenever you like, and go
        on where you were.
      </p>
      <button type="button" class="primary" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
