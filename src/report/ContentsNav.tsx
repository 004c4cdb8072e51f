import { categoryAnchor } from "./categoryAnchor.ts";
import { formatCount, formatPercent } from "./formatNumbers.ts";
import type { Overview } from "./overview.ts";

/** Links to every part: a column beside the page, or a bar on top of it where the page is narrow. */
export function ContentsNav({ overview }: { readonly overview: Overview }) {
  return (
    <nav aria-label="Contents">
      <ul>
        <Entry href="#shares" label="Shares" />
        {overview.review !== undefined && <Entry href="#review" label="Review" />}
        <Entry href="#close-calls" label="Look here first" />
        <Entry href="#categories" label="Categories" />
        {overview.categories.map(({ name, share }, index) => (
          <li class="entry">
            <a href={`#${categoryAnchor(index)}`}>
              <bdi>{name}</bdi>
              {share !== undefined && <small>{formatPercent(share)}</small>}
            </a>
          </li>
        ))}
        <Entry href="#failures" label="Failures" note={formatCount(overview.counts.failed)} />
        <Entry href="#codebook" label="Codebook" />
        <Entry href="#method" label="How this page was made" />
      </ul>
    </nav>
  );
}

function Entry({
  href,
  label,
  note,
}: {
  readonly href: string;
  readonly label: string;
  readonly note?: string;
}) {
  return (
    <li>
      <a href={href}>
        {label}
        {note !== undefined && <small>{note}</small>}
      </a>
    </li>
  );
}
