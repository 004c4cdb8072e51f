import { formatCount } from "./formatNumbers.ts";
import type { Overview } from "./overview.ts";
import { probabilityMeaning } from "./probabilityMeaning.ts";

/** How the run was made: its rule, settings and versions, and the command that makes the page again. */
export function MethodSection({ overview }: { readonly overview: Overview }) {
  const { sampling, settings, versions, reproduce, writtenAt } = overview;
  return (
    <section id="method" aria-labelledby="method-heading">
      <h2 id="method-heading">How this page was made</h2>
      <p class="lead">
        {probabilityMeaning(overview)[0]} From each category up to {formatCount(sampling.perCategory)} images
        were drawn at random with seed {sampling.seed}, without replacement, so that no image is shown twice.
      </p>
      <dl class="settings">
        {settings.map(({ label, value }) => (
          <Setting label={label} value={value} />
        ))}
        {versions.map(({ name, version }) => (
          <Setting label={name} value={version} />
        ))}
        <Setting label="written" value={writtenAt} />
      </dl>
      <h3>To make it again</h3>
      <pre>
        <code>{reproduce}</code>
      </pre>
      <p>The same seed draws the same images; another seed draws others.</p>
    </section>
  );
}

function Setting({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt dir="auto">{label}</dt>
      <dd dir="auto">{value}</dd>
    </>
  );
}
