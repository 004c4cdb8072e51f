import { hrefOf, useAddress } from "../address.ts";
import { formatPercent } from "../format.ts";
import { Link } from "../shell/Link.tsx";

/** What the run says of the picture. Its place keeps its size: what does not fit is scrolled to. */
export function Prediction({
  category,
  phrase,
  probability,
  name,
  position,
}: {
  readonly category: string;
  readonly phrase: string;
  /** 0..1 */
  readonly probability: number;
  readonly name: string;
  readonly position: number;
}) {
  const { query } = useAddress();
  const overview = hrefOf("/", { open: position, run: query.get("run") ?? undefined });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what does not fit is scrolled to by keyboard, too
    <section class="prediction" aria-label="Prediction" tabIndex={0}>
      <p class="soft small">
        Predicted, {formatPercent(probability)} <Link href={overview}>all phrases</Link>
      </p>
      <p class="category" dir="auto">
        {category}
      </p>
      <p class="phrase" dir="auto">
        {phrase}
      </p>
      <p class="soft small">
        <bdi>{name}</bdi>
      </p>
    </section>
  );
}
