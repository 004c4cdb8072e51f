import { Link } from "../shell/Link.tsx";
import type { StudyAnswer } from "../shell/screenProps.ts";

/** What to do in a study in which nothing has been classified yet. */
export function NoRun({ study }: { readonly study: StudyAnswer }) {
  return (
    <section class="empty-state">
      <h1>No run yet</h1>
      <p>
        This study has no classified images: <bdi>{study.folder}</bdi>
      </p>
      <ol>
        <li>
          Write down the categories and the phrases that describe them:{" "}
          <Link href="/codebook">the codebook</Link>. Without one nothing can be classified.
        </li>
        <li>
          Then name the images: <Link href="/indexing">Add images</Link>, or in a terminal, in the study’s
          folder, <code>clipbook classify PICTURES</code>.
        </li>
      </ol>
    </section>
  );
}
