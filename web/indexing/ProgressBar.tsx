/** A bar; without a share it says that nobody knows yet how long it takes. */
export function ProgressBar({
  share,
  label,
  isStill,
}: {
  /** 0..1 */
  readonly share: number | undefined;
  readonly label: string;
  /** Whether nothing moves at present. */
  readonly isStill: boolean;
}) {
  const percent = share === undefined ? undefined : Math.floor(share * 100);
  return (
    <div
      class={`progress-bar${isStill ? " is-still" : ""}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent !== undefined && { "aria-valuenow": percent })}
    >
      <div
        class={share === undefined ? "unknown" : "done"}
        style={{ inlineSize: share === undefined ? "100%" : `${share * 100}%` }}
      />
    </div>
  );
}
