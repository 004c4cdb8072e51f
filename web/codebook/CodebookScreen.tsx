import { answer, api } from "../api.ts";
import { Failure } from "../shell/Failure.tsx";
import type { ScreenProps } from "../shell/screenProps.ts";
import { useAnswer } from "../useAnswer.ts";
import { BrokenCodebook } from "./BrokenCodebook.tsx";
import { CodebookEditor } from "./CodebookEditor.tsx";
import "./style/layout.css";
import "./style/categoryIndex.css";
import "./style/category.css";
import "./style/details.css";
import "./style/phrase.css";
import "./style/overlays.css";
import "./style/panels.css";
import "./style/diagnostics.css";
import "./style/similarity.css";
import "./style/dialogs.css";

/** The codebook as a board, and what each edit does to the images of a run. */
export function CodebookScreen(props: ScreenProps) {
  const codebook = useAnswer((signal) => answer(api.codebook.$get({}, { init: { signal } })), []);
  if (codebook.value === undefined) {
    return codebook.state === "failed" ? (
      <Failure error={codebook.error} />
    ) : (
      <p class="waiting">Opening the codebook …</p>
    );
  }
  const { draft } = codebook.value;
  if (draft === undefined) return <BrokenCodebook codebook={codebook.value} />;
  return <CodebookEditor {...props} codebook={{ ...codebook.value, draft }} />;
}
