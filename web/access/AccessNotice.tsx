import { useAccess } from "./access.ts";

/** Says that this tab may not ask the server, and how it may again; nothing where it may. */
export function AccessNotice() {
  const { token, problem } = useAccess();
  if (token !== undefined) return null;
  return (
    <div class="access-notice" role="status">
      <p>
        <strong>This tab does not have the key to the study.</strong>
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
