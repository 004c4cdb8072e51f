import { shortenName, shortenText } from "../figures/shortenText.ts";

/** Props: `limit` in graphemes; `keepEnd` cuts the middle instead of the end, for file names. */
export interface LongTextProps {
  readonly text: string;
  readonly limit: number;
  readonly keepEnd?: boolean;
}

/** A user's text in its own direction; a long one is folded behind its visibly shortened form, never cut. */
export function LongText({ text, limit, keepEnd = false }: LongTextProps) {
  const short = keepEnd ? shortenName(text, limit) : shortenText(text, limit);
  if (short === text) return <bdi>{text}</bdi>;
  return (
    <details class="long">
      <summary>
        <bdi>{short}</bdi>
      </summary>
      <bdi>{text}</bdi>
    </details>
  );
}
