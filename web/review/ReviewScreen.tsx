import { useState } from "preact/hooks";
import { hrefOf, useAddress } from "../address.ts";
import { Link } from "../shell/Link.tsx";
import type { ScreenProps } from "../shell/screenProps.ts";
import { maybeQueueOf } from "./queueAddress.ts";
import { ReviewSession } from "./ReviewSession.tsx";
import { maybeRememberedName, rememberName } from "./rememberedName.ts";
import { StartPanel } from "./StartPanel.tsx";

/** The review: a start panel, and with a queue in the address one picture after the other. */
export function ReviewScreen({ study, runId }: ScreenProps) {
  const { query } = useAddress();
  const [name, setName] = useState(maybeRememberedName);
  if (runId === undefined) {
    return (
      <section class="empty-state">
        <h1>There is nothing to review yet</h1>
        <p>
          A review goes through the predictions of a run, and this study has none.{" "}
          <Link href={hrefOf("/indexing")}>Add images</Link>, or run <code>clipbook classify</code>.
        </p>
      </section>
    );
  }
  const queue = maybeQueueOf(query);
  if (queue === undefined || name === undefined) {
    return (
      <StartPanel
        key={runId}
        runId={runId}
        name={name}
        onName={(given) => {
          rememberName(given);
          setName(given);
        }}
      />
    );
  }
  const key = JSON.stringify([runId, queue, name]);
  return <ReviewSession key={key} study={study} runId={runId} queue={queue} reviewer={name} />;
}
