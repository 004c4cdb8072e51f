/** A category's share as a bar, and a mark where it is in the run. */
export function ShareBar({
  share,
  shareInRun,
  largestShare,
}: {
  readonly share: number | undefined;
  readonly shareInRun: number | undefined;
  /** 0..1: the full length. */
  readonly largestShare: number;
}) {
  const length = (part: number) => `${largestShare === 0 ? 0 : (part / largestShare) * 100}%`;
  return (
    <span class="share-bar" aria-hidden="true">
      {share !== undefined && <span class="share-now" style={{ width: length(share) }} />}
      {shareInRun !== undefined && <span class="share-in-run" style={{ left: length(shareInRun) }} />}
    </span>
  );
}
