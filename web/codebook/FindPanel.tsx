import { useEffect } from "preact/hooks";
import { changeQuery, useAddress } from "../address.ts";
import { formatCount } from "../format.ts";
import { Failure } from "../shell/Failure.tsx";
import { Link } from "../shell/Link.tsx";
import { useTyped } from "../useTyped.ts";
import { useBoard } from "./boardContext.ts";
import { FoundImage } from "./FoundImage.tsx";
import { PageSteps } from "./PageSteps.tsx";
import { PanelFrame } from "./PanelFrame.tsx";
import { panelHref } from "./panels.ts";
import { addPhrasesHere } from "./phraseEdits.ts";
import { quoted } from "./quoted.ts";
import { usePageOfUnits } from "./usePageOfUnits.ts";

const perPage = 24;
const typingPauseMs = 300;

/** Any sentence, or an image, ranks all images: phrases are found before they are written. */
export function FindPanel({ runId }: { readonly runId: number | undefined }) {
  const board = useBoard();
  const { query } = useAddress();
  const find = query.get("find")?.trim() || undefined;
  const likeText = query.get("like");
  const like = likeText === null ? undefined : Number(likeText);
  const page = Math.max(1, Number(query.get("page") ?? 1) || 1);
  const [typed, setTyped] = useTyped(find ?? "");
  const units = usePageOfUnits(runId, { find, like }, (page - 1) * perPage, perPage);
  useEffect(() => {
    if (typed.trim() === (find ?? "")) return;
    const timer = setTimeout(
      () => changeQuery({ find: typed.trim(), like: undefined, page: undefined }, { replace: true }),
      typingPauseMs,
    );
    return () => clearTimeout(timer);
  }, [typed]);
  const sentence = typed.trim();
  return (
    <PanelFrame panel="find" heading="Find images">
      {runId === undefined ? (
        <p>There is no run yet: images can be found once some were classified.</p>
      ) : (
        <>
          <form
            class="find-form"
            onSubmit={(event) => {
              event.preventDefault();
              changeQuery({ find: sentence, like: undefined, page: undefined });
            }}
          >
            <label for="find-sentence">A sentence, as a caption would say it</label>
            <div class="find-line">
              <input
                id="find-sentence"
                type="search"
                dir="auto"
                value={typed}
                onInput={(event) => setTyped(event.currentTarget.value)}
              />
              <button
                type="button"
                aria-haspopup="menu"
                disabled={sentence === ""}
                onClick={(event) =>
                  board.openMenu({
                    label: "Add as phrase to",
                    anchor: event.currentTarget,
                    items: board.draft().categories.map((category) => ({
                      name: category.name,
                      act: () => {
                        addPhrasesHere(board, category, [sentence]);
                        board.announce(`Added ${quoted(sentence)} to ${quoted(category.name)}.`);
                      },
                    })),
                  })
                }
              >
                Add as phrase to …
              </button>
            </div>
          </form>
          {like !== undefined && (
            <p>
              Images similar to{" "}
              <bdi>{units.value?.items.find(({ position }) => position === like)?.name ?? "one"}</bdi>.{" "}
              <Link href={panelHref(query, "find", { find })}>
                {find === undefined ? "Clear" : "Back to the sentence"}
              </Link>
            </p>
          )}
          {find === undefined && like === undefined && (
            <p class="soft">
              All images are ranked by how well the sentence fits them, whatever category they are in. Try a
              phrase here before it goes into the codebook.
            </p>
          )}
          {units.state === "failed" && <Failure error={units.error} />}
          {units.value !== undefined && (
            <>
              <p class="soft small" role="status">
                {formatCount(units.value.total)} images, the best fitting first
              </p>
              <ol class="found-images" start={(page - 1) * perPage + 1}>
                {units.value.items.map((unit) => (
                  <FoundImage key={unit.position} unit={unit} />
                ))}
              </ol>
              <PageSteps
                page={page}
                pages={Math.ceil(units.value.total / perPage)}
                hrefOfPage={(next) =>
                  panelHref(query, "find", { find, like, page: next === 1 ? undefined : next })
                }
              />
            </>
          )}
        </>
      )}
    </PanelFrame>
  );
}
