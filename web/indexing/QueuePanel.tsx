import { useRef } from "preact/hooks";
import { CopyButton } from "../shell/CopyButton.tsx";
import type { IndexingAnswer } from "./indexingFeed.ts";
import { WorkerTable } from "./WorkerTable.tsx";

type Queue = NonNullable<IndexingAnswer["queue"]>;

/** By these a worker's name could turn the words of a note behind it. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Work on a queue, while a job runs: whether Redis is there, who works, what happened, and how one more can join. */
export function QueuePanel({ queue, isStill }: { readonly queue: Queue; readonly isStill: boolean }) {
  const { workers, trouble, notes } = queue;
  const isAlone = workers.length === 0 && trouble === undefined;
  return (
    <div class="queue">
      <p role="status" class={trouble === undefined ? "queue-state" : "queue-state is-trouble"}>
        {trouble !== undefined && `Redis cannot be reached (${trouble}): waiting for it.`}
        {isAlone && "No worker is there yet."}
      </p>
      {workers.length > 0 && trouble === undefined && <WorkerTable workers={workers} isStill={isStill} />}
      <QueueNotes notes={notes} />
      <FurtherWorker queue={queue} isOpen={isAlone && !queue.worksItself} />
    </div>
  );
}

function QueueNotes({ notes }: { readonly notes: Queue["notes"] }) {
  if (notes.length === 0) return null;
  const newest = notes.map((note, i) => ({ note, key: `${i} ${note}` })).reverse();
  return (
    <details class="queue-notes">
      <summary>What happened on the queue</summary>
      <ul>
        {newest.map(({ note, key }) => (
          <li key={key} dir="auto">
            {note.replace(directionMarks, "")}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** How a worker is started on another machine. */
export function FurtherWorker({ queue, isOpen }: { readonly queue: Queue; readonly isOpen: boolean }) {
  const { workerCommand, isThisMachine } = queue;
  // It must not close under the hands of somebody who copies it.
  const wasOpen = useRef(isOpen).current;
  const lines = workerCommand.split("\n").length;
  return (
    <details class="further-worker" open={wasOpen}>
      <summary>Start a further worker</summary>
      <p class="small">
        On any machine with Clipbook that reaches the queue and can read the pictures. FOLDER is where that
        machine has them.
        {workerCommand.includes("PASSWORD") && " PASSWORD is the queue’s, which this page does not show."}
        {isThisMachine &&
          " The address is this machine’s for itself: on another one, write this machine’s name instead."}
      </p>
      <textarea
        class="command"
        readOnly
        rows={lines}
        spellcheck={false}
        aria-label="Command that starts a worker"
        value={workerCommand}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton what={lines === 1 ? "command" : "commands"} text={workerCommand} />
    </details>
  );
}
