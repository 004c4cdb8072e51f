import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ModalDialog } from "../codebook/ModalDialog.tsx";
import { Failure } from "../shell/Failure.tsx";

/** Asks before something is done that stays: what it is, and a way back. It closes when it is done; an error is shown in it. */
export function ConfirmDialog({
  heading,
  action,
  onConfirm,
  onClose,
  children,
}: {
  readonly heading: string;
  readonly action: string;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const [failure, setFailure] = useState<Error>();
  const [isBusy, setIsBusy] = useState(false);
  const confirm = async () => {
    if (isBusy) return;
    setIsBusy(true);
    setFailure(undefined);
    try {
      await onConfirm();
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
      setIsBusy(false);
    }
  };
  return (
    <ModalDialog heading={heading} onClose={onClose}>
      {children}
      {failure !== undefined && <Failure error={failure} />}
      <div class="dialog-end">
        <button type="button" class="primary" aria-disabled={isBusy} onClick={() => void confirm()}>
          {action}
        </button>
        <button type="button" onClick={onClose}>
          Back
        </button>
      </div>
    </ModalDialog>
  );
}
