import { useMemo } from "preact/hooks";
import { formatCount } from "../format.ts";
import { diffBlocks } from "./diffBlocks.ts";
import { type DiffRow, lineDiff } from "./lineDiff.ts";

/** Equal lines that are shown round a difference. */
const contextLines = 3;

const marks = { same: "", changed: "≠", removed: "−", added: "+" } as const;
const kinds = { same: "", changed: "changed", removed: "only left", added: "only right" } as const;

/** Two texts side by side, their differences marked by colour and by a sign. */
export function TextDiff({
  before,
  after,
  beforeName,
  afterName,
}: {
  readonly before: string;
  readonly after: string;
  readonly beforeName: string;
  readonly afterName: string;
}) {
  const blocks = useMemo(() => diffBlocks(lineDiff(before, after), contextLines), [before, after]);
  if (blocks.every((block) => "equalLines" in block)) return <p>Both texts are the same.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by the keyboard
    <section class="diff" tabIndex={0} aria-label={`${beforeName} beside ${afterName}`}>
      <table>
        <colgroup>
          <col class="narrow" />
          <col />
          <col class="mark" />
          <col class="narrow" />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {beforeName}
            </th>
            <th scope="col">
              <span class="unseen">Difference</span>
            </th>
            <th scope="col" colSpan={2}>
              {afterName}
            </th>
          </tr>
        </thead>
        {blocks.map((block, index) => (
          <tbody key={index}>
            {"equalLines" in block ? (
              <tr class="equal-lines">
                <td colSpan={5}>
                  {block.equalLines === 1 ? "1 equal line" : `${formatCount(block.equalLines)} equal lines`}
                </td>
              </tr>
            ) : (
              block.rows.map((row) => <DiffLine key={`${row.before?.line} ${row.after?.line}`} row={row} />)
            )}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function DiffLine({ row: { kind, before, after } }: { readonly row: DiffRow }) {
  return (
    <tr class={`line-${kind}`}>
      <td class="line-number">{before?.line}</td>
      <td class="line-before" dir="auto">
        {before?.text}
      </td>
      <td class="line-mark">
        <span aria-hidden="true">{marks[kind]}</span>
        <span class="unseen">{kinds[kind]}</span>
      </td>
      <td class="line-number">{after?.line}</td>
      <td class="line-after" dir="auto">
        {after?.text}
      </td>
    </tr>
  );
}
