import { useEffect } from "preact/hooks";
import { Failure } from "../shell/Failure.tsx";
import { CodeSession } from "./CodeSession.tsx";
import { useCoding } from "./useCoding.ts";
import "./code.css";
import "./desk.css";

/** What a coder's link leads to: nothing of the study but the images to code. */
export function CodePage({ link }: { readonly link: string }) {
  const coding = useCoding(link);
  const { view, failure } = coding;
  useEffect(() => {
    document.title = ["Coding", view?.sample.name, "Clipbook"]
      .filter((part) => part !== undefined)
      .join(" · ");
  }, [view?.sample.name]);
  return (
    <main class="screen-code" id="content" tabIndex={-1}>
      {view !== undefined ? (
        <CodeSession coding={coding} view={view} />
      ) : failure !== undefined ? (
        <section class="empty-state">
          <h1>Coding</h1>
          <Failure error={failure} />
          <p>
            <button type="button" class="primary" onClick={() => location.reload()}>
              Try again
            </button>
          </p>
        </section>
      ) : (
        <p class="waiting">Opening …</p>
      )}
    </main>
  );
}
