/** What a reader has to know before believing the figures; nothing where there is nothing. */
export function WarningsSection({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <section id="warnings" class="caveat" aria-labelledby="warnings-heading">
      <h2 id="warnings-heading">Before you believe the figures</h2>
      <ul>
        {warnings.map((warning) => (
          <li dir="auto">{warning}</li>
        ))}
      </ul>
    </section>
  );
}
