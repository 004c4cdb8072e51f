import { useAddress } from "../address.ts";
import { formatDecimal } from "../format.ts";
import { fileName } from "../gallery/fileName.ts";
import { Link } from "../shell/Link.tsx";
import { useBoard } from "./boardContext.ts";
import type { UnitsAnswer } from "./codebookAnswers.ts";
import { pinExample } from "./editDraft.ts";
import { panelHref } from "./panels.ts";
import { quoted } from "./quoted.ts";
import { StudyThumbnail } from "./StudyThumbnail.tsx";

/** An image that was found: how well it fits, where it is now, and what can be done with it. */
export function FoundImage({ unit }: { readonly unit: UnitsAnswer["items"][number] }) {
  const board = useBoard();
  const { query } = useAddress();
  const { imageId, unitId, name, category, cosine, position } = unit;
  return (
    <li class="found-image">
      <StudyThumbnail imageId={imageId} unitId={unitId} name={name} />
      <p class="found-name" dir="auto" title={name}>
        {fileName(name)}
      </p>
      <p class="small soft">
        {cosine !== undefined && `${formatDecimal(cosine)} · `}
        <bdi>{category}</bdi>
      </p>
      <p class="found-actions">
        <Link href={panelHref(query, "find", { find: query.get("find") ?? undefined, like: position })}>
          Similar<span class="unseen"> to {name}</span>
        </Link>
        <button
          type="button"
          class="plain"
          aria-haspopup="menu"
          onClick={(event) =>
            board.openMenu({
              label: `Pin ${quoted(fileName(name))} as example of`,
              anchor: event.currentTarget,
              items: board.draft().categories.map((target) => ({
                name: target.name,
                act: () => {
                  board.edit(`pin ${quoted(fileName(name))} to ${quoted(target.name)}`, (draft) =>
                    pinExample(draft, target.key, name),
                  );
                  board.announce(`${quoted(fileName(name))} is an example of ${quoted(target.name)} now.`);
                },
              })),
            })
          }
        >
          Pin as example<span class="unseen"> of a category: {name}</span>
        </button>
      </p>
    </li>
  );
}
