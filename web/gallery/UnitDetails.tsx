import type { QueryChanges } from "../address.ts";
import { formatBytes, formatCount, formatPercent } from "../format.ts";
import { Link } from "../shell/Link.tsx";
import { AnswerBars } from "./AnswerBars.tsx";
import type { RunAnswer, UnitAnswer } from "./galleryAnswers.ts";
import { withoutFilters } from "./galleryState.ts";
import { VerdictSign } from "./VerdictSign.tsx";

/** What the run says of a unit, what is known of its file, and the user's own row. */
export function UnitDetails({
  unit,
  run,
  hrefOf,
}: {
  readonly unit: UnitAnswer;
  readonly run: RunAnswer;
  readonly hrefOf: (changes: QueryChanges) => string;
}) {
  const { category, phrase, probability, margin, runnerUp, verdict, position } = unit;
  return (
    <div class="unit-details">
      {category !== undefined && probability !== undefined && (
        <section class="prediction">
          <p class="won">
            <strong dir="auto">{category}</strong> <span>{formatPercent(probability)}</span>
            {verdict && <VerdictSign verdict={verdict} />}
          </p>
          <p dir="auto" class="soft">
            {phrase}
          </p>
          {runnerUp !== undefined && (
            <p class="next">
              Runner-up: <bdi>{runnerUp.category}</bdi> {formatPercent(runnerUp.probability)}
              {margin !== undefined && ` · margin ${formatPercent(margin)}`}
            </p>
          )}
          <p>
            <Link
              href={hrefOf({
                ...withoutFilters,
                category: undefined,
                state: undefined,
                find: undefined,
                like: position,
              })}
            >
              Similar to this image
            </Link>
          </p>
        </section>
      )}
      <AnswerBars unit={unit} run={run} />
      <FileFacts unit={unit} />
      <UserColumns unit={unit} />
    </div>
  );
}

function FileFacts({ unit }: { readonly unit: UnitAnswer }) {
  const { path, widthPx, heightPx, format, sizeBytes, warning, rowNumber } = unit;
  const facts = [
    ["Path", path],
    ["Size", widthPx && heightPx && `${formatCount(widthPx)} × ${formatCount(heightPx)} pixels`],
    ["Format", format && (sizeBytes === undefined ? format : `${format}, ${formatBytes(sizeBytes)}`)],
    ["Note", warning],
    ["Row of the table", rowNumber > 0 && formatCount(rowNumber)],
  ] as const;
  return (
    <section>
      <h3>File</h3>
      <dl class="facts">
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

function UserColumns({ unit: { columns, columnsMissing } }: { readonly unit: UnitAnswer }) {
  if (columns === undefined && columnsMissing === undefined) return null;
  return (
    <section>
      <h3>Your table</h3>
      {columnsMissing !== undefined && <p dir="auto">{columnsMissing}</p>}
      {columns !== undefined && (
        <dl class="facts">
          {columns.map(({ name, text }) => (
            <div key={name}>
              <dt dir="auto">{name}</dt>
              <dd dir="auto">{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
