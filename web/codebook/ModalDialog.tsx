import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

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
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="modal"
      aria-labelledby="modal-heading"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // The keys of the board do nothing behind it.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="modal-heading" tabIndex={-1}>
        {heading}
      </h2>
      {children}
    </dialog>
  );
}
