import { useCallback, useState } from "preact/hooks";
import { useAddress } from "./address.ts";
import { answer, api } from "./api.ts";
import { Failure } from "./shell/Failure.tsx";
import { setStudyKey } from "./shell/imageUrl.ts";
import { Navigation } from "./shell/Navigation.tsx";
import { Screen } from "./shell/Screen.tsx";
import { screens } from "./shell/screens.ts";
import { useAnswer } from "./useAnswer.ts";

/** The frame round every screen: what study this is, which run, and the way to the other screens. */
export function App() {
  const { path, query } = useAddress();
  const [asked, setAsked] = useState(0);
  const refresh = useCallback(() => setAsked((times) => times + 1), []);
  const study = useAnswer((signal) => answer(api.study.$get({}, { init: { signal } })), [asked]);
  const screen = screens.find((candidate) => candidate.path === path);
  if (study.value === undefined) {
    return study.state === "failed" ? (
      <Failure error={study.error} />
    ) : (
      <p class="waiting">Opening the study …</p>
    );
  }
  setStudyKey(study.value.key);
  const wanted = query.get("run");
  const runId = wanted === null ? study.value.runs.at(-1)?.id : Number(wanted);
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Navigation study={study.value} runId={runId} path={path} refresh={refresh} />
      <main id="content" tabIndex={-1}>
        {screen === undefined ? (
          <section class="empty-state">
            <h1>There is no such page</h1>
            <p>
              <a href="/">Go to the overview</a>
            </p>
          </section>
        ) : (
          <Screen key={path} load={screen.load} study={study.value} runId={runId} refresh={refresh} />
        )}
      </main>
    </>
  );
}
