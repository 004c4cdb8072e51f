import { formatCount } from "../format.ts";
import { Link } from "../shell/Link.tsx";

/** The way through a list of several pages. */
export function PageSteps({
  page,
  pages,
  hrefOfPage,
}: {
  readonly page: number;
  readonly pages: number;
  readonly hrefOfPage: (page: number) => string;
}) {
  if (pages <= 1) return null;
  return (
    <nav class="page-steps" aria-label="Pages">
      {page > 1 ? <Link href={hrefOfPage(page - 1)}>Previous</Link> : <span class="soft">Previous</span>}
      <span>
        page {formatCount(page)} of {formatCount(pages)}
      </span>
      {page < pages ? <Link href={hrefOfPage(page + 1)}>Next</Link> : <span class="soft">Next</span>}
    </nav>
  );
}
