import { hrefOf, useAddress } from "../address.ts";
import { thumbnailUrl } from "../shell/imageUrl.ts";
import { Link } from "../shell/Link.tsx";
import { type Member, maybeStanding } from "./reviewState.ts";

/** The pictures that this reviewer judged wrong: what was predicted, what is correct, the note. */
export function WrongGallery({
  members,
  categories,
}: {
  readonly members: readonly Member[];
  readonly categories: readonly string[];
}) {
  const { query } = useAddress();
  const wrong = members.filter((member) => maybeStanding(member)?.verdict === "wrong");
  if (wrong.length === 0) return null;
  return (
    <section class="wrong-gallery" aria-labelledby="wrong-heading">
      <h2 id="wrong-heading">The wrong ones</h2>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role where list-style is none */}
      <ul role="list">
        {wrong.map((member) => (
          <li key={member.position}>
            <Link href={hrefOf("/", { open: member.position, run: query.get("run") ?? undefined })}>
              <img src={thumbnailUrl(member, 192)} alt={member.name} loading="lazy" decoding="async" />
            </Link>
            <p>
              <bdi class="struck">{categories[member.category]}</bdi>
              {member.own?.correctCategory !== undefined && (
                <>
                  {" → "}
                  <bdi>{member.own.correctCategory}</bdi>
                </>
              )}
            </p>
            {member.own?.note && (
              <p class="soft small" dir="auto">
                {member.own.note}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
