import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { AccessNotice } from "./access/AccessNotice.tsx";
import { useAccess } from "./access/access.ts";
import { changeQuery, hrefOf, useAddress } from "./address.ts";
import { answer, api } from "./api.ts";
import { Failure } from "./shell/Failure.tsx";
import { setStudyKey } from "./shell/imageUrl.ts";
import { Link } from "./shell/Link.tsx";
import { Navigation } from "./shell/Navigation.tsx";
import { Screen } from "./shell/Screen.tsx";
import type { StudyAnswer } from "./shell/screenProps.ts";
import { screens } from "./shell/screens.ts";
import { useAnswer } from "./useAnswer.ts";

/** The frame round every screen: what study this is, which run, and the way to the other screens. */
export function App() {
  const { path, query } = useAddress();
  const [asked, setAsked] = useState(0);
  const refresh = useCallback(() => setAsked((times) => times + 1), []);
  const { token } = useAccess();
  const answered = useAnswer((signal) => answer(api.study.$get({}, { init: { signal } })), [asked, token]);
  // A question that fails later takes nothing away that is on the screen.
  const known = useRef<StudyAnswer | undefined>(undefined);
  known.current = answered.value ?? known.current;
  const study = known.current;
  const screen = screens.find((candidate) => candidate.path === path);
  const wanted = query.get("run");
  const newest = study?.runs.at(-1)?.id;
  const runId = wanted === null ? newest : Number(wanted);
  const isOpen = wanted === null && query.size > 0;
  useEffect(() => {
    // A category, a queue or an image is one of this run: the address has to mean it after the next run, too.
    if (isOpen && newest !== undefined) changeQuery({ run: newest }, { replace: true });
  }, [isOpen, newest]);
  useEffect(() => {
    document.title = [screen?.name, study?.name, "Clipbook"].filter((part) => part !== undefined).join(" · ");
  }, [screen?.name, study?.name]);
  if (study === undefined) {
    return answered.state === "failed" ? (
      <>
        <AccessNotice />
        <Failure error={answered.error} />
      </>
    ) : (
      <p class="waiting">Opening the study …</p>
    );
  }
  setStudyKey(study.key);
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Navigation study={study} runId={runId} path={path} refresh={refresh} />
      <AccessNotice />
      <main id="content" tabIndex={-1} {...(screen !== undefined && { class: `screen-${screen.folder}` })}>
        {answered.state === "failed" && (
          <div>
            <Failure error={answered.error} />
            <button type="button" onClick={refresh}>
              Try again
            </button>
          </div>
        )}
        {screen === undefined ? (
          <section class="empty-state">
            <h1>There is no such page</h1>
            <p>
              <Link href="/">Go to the overview</Link>
            </p>
          </section>
        ) : wanted !== null && !/^\d+$/.test(wanted) ? (
          <section class="empty-state">
            <h1>
              The study has no run <bdi>{wanted}</bdi>
            </h1>
            <p>
              {newest === undefined ? (
                <Link href="/indexing">Add images</Link>
              ) : (
                <Link href={hrefOf(path)}>Go to the newest one, run {newest}</Link>
              )}
            </p>
          </section>
        ) : (
          <Screen key={path} load={screen.load} study={study} runId={runId} refresh={refresh} />
        )}
      </main>
    </>
  );
}
