import { cellAnchor } from "../figures/evaluation/cellsWithImages.ts";
import { EvaluationSections } from "../figures/evaluation/EvaluationSections.tsx";
import { evaluationContents } from "../figures/evaluation/evaluationContents.ts";
import type { Evaluation } from "../validation/evaluation.ts";
import { CellGalleries } from "./CellGalleries.tsx";
import { EvaluationHeader } from "./EvaluationHeader.tsx";
import { evaluationFormat } from "./evaluationFormat.ts";
import { evaluationStyle } from "./style/evaluationStyle.ts";

// As the overview page: no script, no font, no request, only its own styles and data: pictures.
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The whole document. */
export function EvaluationPage({ evaluation }: { readonly evaluation: Evaluation }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={CONTENT_SECURITY_POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="Clipbook" />
        <title>{`${evaluation.title} · Clipbook evaluation`}</title>
        <link rel="icon" href="data:," />
        <style>{evaluationStyle}</style>
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <EvaluationHeader evaluation={evaluation} />
        <nav aria-label="Contents">
          <ul>
            {evaluationContents(evaluation).map(({ id, name }) => (
              <li>
                <a href={`#${id}`}>{name}</a>
              </li>
            ))}
          </ul>
        </nav>
        <main id="content">
          <EvaluationSections
            evaluation={evaluation}
            format={evaluationFormat}
            wrapCell={({ content, ...cell }) => <a href={`#${cellAnchor(cell)}`}>{content}</a>}
            cellImages={<CellGalleries evaluation={evaluation} />}
          />
        </main>
        <footer>
          <p>
            Made by Clipbook {evaluation.clipbookVersion}. This file is complete in itself: it loads nothing
            and sends nothing. It contains small copies of the images shown, so share it only with people who
            may see them.
          </p>
        </footer>
      </body>
    </html>
  );
}
