import { useAccess } from "./access.ts";

/** Says that this tab can only look, and how it can do more; nothing where it can. */
export function AccessNotice() {
  const { token, problem } = useAccess();
  if (token !== undefined) return null;
  return (
    <div class="access-notice" role="status">
      <p>
        <strong>This tab can look at the study at most, and change nothing.</strong>
      </p>
      {problem !== undefined && <p dir="auto">{problem}.</p>}
      <p>
        Open the whole address that <code>clipbook serve</code> shows in the terminal, in another tab of this
        browser. This tab goes on by itself then, and keeps what you have typed. The address begins with{" "}
        <bdi>{location.origin}</bdi>; after each start of the server it is a new one.
      </p>
    </div>
  );
}
