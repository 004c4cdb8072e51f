import { CategorySection } from "./CategorySection.tsx";
import { CloseCallSection } from "./CloseCallSection.tsx";
import { CodebookSection } from "./CodebookSection.tsx";
import { ContentsNav } from "./ContentsNav.tsx";
import { FailureSection } from "./FailureSection.tsx";
import { MethodSection } from "./MethodSection.tsx";
import type { Overview } from "./overview.ts";
import { PageHeader } from "./PageHeader.tsx";
import { ReviewSection } from "./ReviewSection.tsx";
import { ShareSection } from "./ShareSection.tsx";
import { overviewStyle } from "./style/overviewStyle.ts";

// The page asks nobody for anything: no script, no font, no request, only its own styles and data: pictures.
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The whole document. */
export function OverviewPage({ overview }: { readonly overview: Overview }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={CONTENT_SECURITY_POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="Clipbook" />
        <title>{`${overview.title} · Clipbook overview`}</title>
        <link rel="icon" href="data:," />
        <style>{overviewStyle}</style>
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <PageHeader overview={overview} />
        <ContentsNav overview={overview} />
        <main id="content">
          <ShareSection overview={overview} />
          {overview.review !== undefined && <ReviewSection review={overview.review} />}
          <CloseCallSection overview={overview} />
          <section id="categories" aria-labelledby="categories-heading">
            <h2 id="categories-heading">Categories</h2>
            {overview.categories.map((_, index) => (
              <CategorySection overview={overview} index={index} />
            ))}
          </section>
          <FailureSection overview={overview} />
          <CodebookSection overview={overview} />
          <MethodSection overview={overview} />
        </main>
        <footer>
          <p>
            This file is complete in itself: it loads nothing and sends nothing. It contains small copies of
            the images shown, so share it only with people who may see them.
          </p>
        </footer>
      </body>
    </html>
  );
}
