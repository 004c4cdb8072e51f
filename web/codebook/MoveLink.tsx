import { useAddress } from "../address.ts";
import { formatCount } from "../format.ts";
import { Link } from "../shell/Link.tsx";
import type { DraftScores } from "./codebookAnswers.ts";
import { panelHref } from "./panels.ts";

/** How many images move from a category to another, as the link to exactly those. */
export function MoveLink({ move: { from, to, count } }: { readonly move: DraftScores["moves"][number] }) {
  const { query } = useAddress();
  const isShown = query.get("panel") === "moves" && query.get("from") === from && query.get("to") === to;
  return (
    <Link
      class="move"
      href={panelHref(query, "moves", { from, to })}
      {...(isShown && { "aria-current": "true" as const })}
    >
      <span class="move-count">{formatCount(count)}</span> <bdi>{from}</bdi>
      <span aria-hidden="true"> → </span>
      <span class="unseen"> to </span>
      <bdi>{to}</bdi>
    </Link>
  );
}
