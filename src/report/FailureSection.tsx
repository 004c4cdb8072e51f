import { formatCount } from "./formatNumbers.ts";
import { LongText } from "./LongText.tsx";
import type { Overview } from "./overview.ts";

/** What could not be classified, and why: counted by reason, then listed. */
export function FailureSection({ overview }: { readonly overview: Overview }) {
  const { counts, failures } = overview;
  return (
    <section id="failures" aria-labelledby="failures-heading">
      <h2 id="failures-heading">Failures</h2>
      {counts.failed === 0 ? (
        <p class="lead">None: everything that was found could be read and classified.</p>
      ) : (
        <p class="lead">
          {formatCount(counts.failed)} of {formatCount(counts.units)} could not be classified. They are in no
          category and in no share; the results table keeps their rows, with the reason.
        </p>
      )}
      {overview.failuresByCode.length > 0 && <FailureCounts overview={overview} />}
      {failures.length > 0 && (
        <details class="more" open={failures.length <= 10}>
          <summary>
            {failures.length < counts.failed
              ? `The first ${formatCount(failures.length)} of ${formatCount(counts.failed)}`
              : "Every failure with its reason"}
          </summary>
          <table class="failure-list">
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">Reason</th>
              </tr>
            </thead>
            <tbody>
              {failures.map(({ name, code, sentence }) => (
                <tr>
                  <td class="name">
                    <LongText text={name} limit={80} keepEnd />
                  </td>
                  <td>
                    <LongText text={sentence} limit={240} /> <code>{code}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      <OddFiles overview={overview} />
    </section>
  );
}

function FailureCounts({ overview }: { readonly overview: Overview }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">Count</th>
        </tr>
      </thead>
      <tbody>
        {overview.failuresByCode.map(({ code, count }) => (
          <tr>
            <th scope="row">
              <code>{code}</code>
            </th>
            <td>{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OddFiles({ overview }: { readonly overview: Overview }) {
  const { warned, ignoredFiles } = overview.counts;
  const { warnings = [] } = overview;
  return (
    <>
      {warned > 0 && (
        <p>
          {formatCount(warned)} {warned === 1 ? "was" : "were"} classified although the file has small faults;
          no part of the picture is missing.
        </p>
      )}
      {warnings.length > 0 && (
        <details class="more" open={warnings.length <= 10}>
          <summary>
            {warnings.length < warned
              ? `The first ${formatCount(warnings.length)} of ${formatCount(warned)} with small faults`
              : "Every file with small faults"}
          </summary>
          <table class="failure-list">
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">Fault</th>
              </tr>
            </thead>
            <tbody>
              {warnings.map(({ name, sentence }) => (
                <tr>
                  <td class="name">
                    <LongText text={name} limit={80} keepEnd />
                  </td>
                  <td>
                    <LongText text={sentence} limit={240} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      {ignoredFiles > 0 && (
        <p>
          {formatCount(ignoredFiles)}{" "}
          {ignoredFiles === 1 ? "file that is not a picture was" : "files that are not pictures were"} left
          out.
        </p>
      )}
    </>
  );
}
