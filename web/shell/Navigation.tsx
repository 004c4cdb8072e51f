import { goTo, hrefOf } from "../address.ts";
import { formatTime } from "../format.ts";
import { IndexingSign } from "../indexing/IndexingSign.tsx";
import { JobNews } from "../indexing/JobNews.tsx";
import { Link } from "./Link.tsx";
import type { StudyAnswer } from "./screenProps.ts";
import { screens } from "./screens.ts";

/** The study's name, the screens, and the choice of a run. */
export function Navigation({
  study,
  runId,
  path,
  refresh,
}: {
  readonly study: StudyAnswer;
  readonly runId: number | undefined;
  readonly path: string;
  readonly refresh: () => void;
}) {
  const { runs } = study;
  const newest = runs.at(-1)?.id;
  const run = runId === newest ? undefined : runId;
  return (
    <header class="navigation">
      <p class="study-name" dir="auto" title={study.folder}>
        {study.name}
      </p>
      <nav aria-label="Screens">
        <ul>
          {screens.map((screen) => (
            <li key={screen.path}>
              <Link
                href={hrefOf(screen.path, { run })}
                {...(screen.path === path && { "aria-current": "page" as const })}
              >
                {screen.name}
                {screen.path === "/indexing" && <IndexingSign />}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <JobNews study={study} path={path} refresh={refresh} />
      {runs.length > 0 && (
        <label class="run-choice">
          <span>Run</span>
          <select
            value={String(runId)}
            onChange={(event) => {
              const chosen = Number(event.currentTarget.value);
              goTo(hrefOf(path, { run: chosen === newest ? undefined : chosen }));
            }}
          >
            {runs.toReversed().map(({ id, startedAt, modelName }) => (
              <option key={id} value={String(id)}>
                {`${id} · ${formatTime(startedAt)} · ${modelName}`}
              </option>
            ))}
          </select>
        </label>
      )}
    </header>
  );
}
