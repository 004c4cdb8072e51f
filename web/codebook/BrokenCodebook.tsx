import type { CodebookAnswer } from "./codebookAnswers.ts";

/** A file that is no codebook as it stands: what is wrong in it, and where. */
export function BrokenCodebook({
  codebook: { file, text, mistakes },
}: {
  readonly codebook: CodebookAnswer;
}) {
  return (
    <div class="broken-codebook">
      <h1>The codebook has to be mended first</h1>
      <p>
        <bdi>{file}</bdi> cannot be read as a codebook. Mend it in a text editor, then reload this page.
        Nothing was changed in it.
      </p>
      <ol class="file-mistakes">
        {mistakes.map(({ line, column, what, hint }) => (
          <li key={`${line} ${column} ${what}`}>
            <strong>
              Line {line}, column {column}:
            </strong>{" "}
            <bdi>{what}</bdi>
            <p class="soft" dir="auto">
              {hint}
            </p>
          </li>
        ))}
      </ol>
      <h2>The file</h2>
      <ol class="file-text">
        {text.split(/\r?\n/u).map((line, index) => (
          <li key={`${index} ${line}`} dir="auto">
            {line}
          </li>
        ))}
      </ol>
    </div>
  );
}
