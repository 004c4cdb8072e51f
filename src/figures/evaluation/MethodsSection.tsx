import type { ComponentChildren } from "preact";
import type { MethodsText } from "../../validation/evaluation.ts";

/** The paragraph for a paper, what it cites, and BibTeX; `copyOf` makes a button that copies a text, where there may be one. */
export function MethodsSection({
  methods,
  copyOf,
}: {
  readonly methods: MethodsText;
  readonly copyOf?: (what: string, text: string) => ComponentChildren;
}) {
  const { paragraph, references } = methods;
  const bibtex = references.map((reference) => reference.bibtex).join("\n\n");
  return (
    <section id="methods" aria-labelledby="methods-heading">
      <h2 id="methods-heading">For your paper</h2>
      <p class="lead">
        The paragraph says what was done and found, and no more. Read it before you use it: it is you who
        signs it.
      </p>
      <blockquote class="paragraph" dir="auto">
        {paragraph}
      </blockquote>
      {copyOf?.("paragraph", paragraph)}
      {references.length > 0 && (
        <>
          <h3>References</h3>
          <ul class="references">
            {references.map(({ text }) => (
              <li>{text}</li>
            ))}
          </ul>
          <h3>BibTeX</h3>
          {copyOf?.("BibTeX", bibtex)}
          <pre>
            <code>{bibtex}</code>
          </pre>
        </>
      )}
    </section>
  );
}
