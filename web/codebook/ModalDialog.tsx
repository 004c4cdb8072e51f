import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

/** A dialog over the page; Escape closes it, and the focus goes back to where it was. */
export function ModalDialog({
  heading,
  onClose,
  children,
}: {
  readonly heading: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const headingId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      // As long as it is open the page behind it takes no focus.
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="modal"
      aria-labelledby={headingId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // The keys of the board do nothing behind it, nor does the browser save the page.
        event.stopPropagation();
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
      }}
    >
      <h2 id={headingId} tabIndex={-1} dir="auto">
        {heading}
      </h2>
      {children}
    </dialog>
  );
}
