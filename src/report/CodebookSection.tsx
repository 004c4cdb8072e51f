import type { Category } from "../codebook/codebook.ts";
import { LongText } from "./LongText.tsx";
import type { Overview } from "./overview.ts";

/** The codebook in its own words and order, as an appendix behind one click. */
export function CodebookSection({ overview: { codebook } }: { readonly overview: Overview }) {
  const { title, language, templates, categories } = codebook;
  return (
    <section id="codebook" aria-labelledby="codebook-heading">
      <h2 id="codebook-heading">Codebook</h2>
      <dl class="settings">
        {title !== undefined && (
          <>
            <dt>Title</dt>
            <dd dir="auto">{title}</dd>
          </>
        )}
        {language !== undefined && (
          <>
            <dt>Language</dt>
            <dd dir="auto">{language}</dd>
          </>
        )}
        <dt>{templates.length > 1 ? "Templates" : "Template"}</dt>
        {templates.length === 0 ? (
          <dd>none: the model reads the phrases as they are</dd>
        ) : (
          templates.map((template) => <dd dir="auto">{template}</dd>)
        )}
      </dl>
      <details class="more">
        <summary>All categories and phrases</summary>
        <dl class="codebook">
          {categories.map((category) => (
            <CodebookEntry category={category} />
          ))}
        </dl>
      </details>
    </section>
  );
}

function CodebookEntry({ category }: { readonly category: Category }) {
  const { name, description, instructions, phrases, residual } = category;
  return (
    <>
      <dt>
        <bdi>{name}</bdi>
        {residual === true && <small> residual</small>}
      </dt>
      {description !== undefined && <dd dir="auto">{description}</dd>}
      {instructions !== undefined && (
        <dd>
          For coders: <bdi>{instructions}</bdi>
        </dd>
      )}
      <dd>
        <ul>
          {phrases.map((phrase) => (
            <li>
              <LongText text={phrase} limit={220} />
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}
