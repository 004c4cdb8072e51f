import { changeQuery, useAddress } from "../address.ts";
import { answer, api } from "../api.ts";
import { formatCount, formatTime } from "../format.ts";
import { Failure } from "../shell/Failure.tsx";
import { Link } from "../shell/Link.tsx";
import { useAnswer } from "../useAnswer.ts";
import type { CodebookVersion } from "./codebookAnswers.ts";
import { PanelFrame } from "./PanelFrame.tsx";
import { panelHref } from "./panels.ts";
import { TextDiff } from "./TextDiff.tsx";

const origins = { app: "saved in this app", disk: "found in the file" } as const;

/** Every text that the file had when the app met it: to look at, and to put back on the board. */
export function VersionsPanel({
  saved,
  onRestore,
}: {
  readonly saved: { readonly sha256: string | null; readonly text: string };
  readonly onRestore: (version: CodebookVersion) => void;
}) {
  const { query } = useAddress();
  const chosen = query.get("version");
  const list = useAnswer(
    (signal) => answer(api.codebook.versions.$get({}, { init: { signal } })),
    [saved.sha256],
  );
  return (
    <PanelFrame panel="versions" heading="Versions">
      {list.state === "failed" && <Failure error={list.error} />}
      {list.value !== undefined && list.value.versions.length === 0 && (
        <p>None yet. Whenever you save, the text before and the new one are kept here.</p>
      )}
      {list.value !== undefined && list.value.versions.length > 0 && (
        <ol class="versions">
          {list.value.versions.map(({ id, savedAt, sha256, origin, bytes }) => (
            <li key={id}>
              <Link
                href={panelHref(query, "versions", { version: id })}
                {...(chosen === String(id) && { "aria-current": "true" as const })}
              >
                {formatTime(savedAt)}
              </Link>{" "}
              <span class="soft small">
                {origins[origin]}, {formatCount(bytes)} bytes
                {sha256 === saved.sha256 && ", as the file is now"}
              </span>
              {chosen === String(id) && <ShownVersion id={chosen} saved={saved} onRestore={onRestore} />}
            </li>
          ))}
        </ol>
      )}
    </PanelFrame>
  );
}

function ShownVersion({
  id,
  saved,
  onRestore,
}: {
  readonly id: string;
  readonly saved: { readonly sha256: string | null; readonly text: string };
  readonly onRestore: (version: CodebookVersion) => void;
}) {
  const version = useAnswer(
    (signal) => answer(api.codebook.versions[":id"].$get({ param: { id } }, { init: { signal } })),
    [id],
  );
  if (version.state === "failed") return <Failure error={version.error} />;
  const { value } = version;
  if (value === undefined || String(value.id) !== id) return null;
  return (
    <section class="shown-version" aria-label={`The version of ${formatTime(value.savedAt)}`}>
      <p class="version-buttons">
        <button type="button" disabled={value.draft === undefined} onClick={() => onRestore(value)}>
          Restore into the editor
        </button>{" "}
        <button type="button" class="plain" onClick={() => changeQuery({ version: undefined })}>
          Hide
        </button>
      </p>
      {value.draft === undefined && <p class="soft">This text was no codebook that can be read.</p>}
      {value.sha256 === saved.sha256 ? (
        <p class="soft">The file has this text now.</p>
      ) : (
        <TextDiff before={value.text} after={saved.text} beforeName="This version" afterName="The file now" />
      )}
      <details>
        <summary>The whole text</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by the keyboard */}
        <pre class="version-text" tabIndex={0} dir="auto">
          {value.text}
        </pre>
      </details>
    </section>
  );
}
