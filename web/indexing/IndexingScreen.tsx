import { useEffect, useRef, useState } from "preact/hooks";
import type { ErrorBody } from "../../src/server/describeError.ts";
import { ApiError, answer, api } from "../api.ts";
import { Failure } from "../shell/Failure.tsx";
import { Link } from "../shell/Link.tsx";
import type { ScreenProps } from "../shell/screenProps.ts";
import { useAnswer } from "../useAnswer.ts";
import type { IndexingRequest } from "./formValues.ts";
import { IndexingForm } from "./IndexingForm.tsx";
import { type IndexingAnswer, tellIndexing, useIndexing } from "./indexingFeed.ts";
import { JobOutcome } from "./JobOutcome.tsx";
import { type JobAction, JobProgress } from "./JobProgress.tsx";
import "./indexing.css";

/** "Add images": starts an indexing job, and shows the one that is under way, whoever has started it. */
export function IndexingScreen({ study, refresh }: ScreenProps) {
  const { job, isLost, wasCutOff } = useIndexing({ follows: true });
  const [error, setError] = useState<ErrorBody>();
  const [isStarting, setStarting] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // What the newest run was made with, and whether there is a codebook by now.
  const defaults = useAnswer(
    (signal) => answer(api.indexing.defaults.$get({}, { init: { signal } })),
    [job?.job, job?.phase === "done"],
  );

  const tell = (asking: Promise<IndexingAnswer>) =>
    asking.then(
      (told) => {
        setError(undefined);
        tellIndexing(told);
      },
      (cause: unknown) => setError(bodyOf(cause)),
    );
  const start = async (request: IndexingRequest) => {
    setStarting(true);
    await tell(answer(api.indexing.$post({ json: request })));
    setStarting(false);
  };
  const act = (action: JobAction) => void tell(answer(api.indexing[action].$post()));

  const newRun = job?.phase === "done" ? job.runId : undefined;
  const isUnknownRun = newRun !== undefined && !study.runs.some(({ id }) => id === newRun);
  useEffect(() => {
    if (isUnknownRun) refresh();
  }, [isUnknownRun, refresh]);

  const isUnderWay = job?.isUnderWay === true;
  const wasUnderWay = useRef<boolean | undefined>(undefined);
  useEffect(() => {
    if (job === undefined) return;
    const hasChanged = wasUnderWay.current !== undefined && wasUnderWay.current !== isUnderWay;
    wasUnderWay.current = isUnderWay;
    // The button that had the focus is gone with the form, or with the job.
    if (hasChanged && document.activeElement === document.body) heading.current?.focus();
  }, [isUnderWay, job]);

  return (
    <div class="indexing">
      <h1>Add images</h1>
      <p role="status" class="connection">
        {isLost ? "The connection to the server is lost, trying again …" : ""}
      </p>
      {job !== undefined && isUnderWay && (
        <>
          <JobProgress job={job} isLost={isLost} act={act} headingRef={heading} />
          {error !== undefined && <Failure error={new ApiError(0, error)} />}
        </>
      )}
      {job !== undefined && !isUnderWay && (
        <JobOutcome job={job} wasCutOff={wasCutOff} headingRef={heading} />
      )}
      {job !== undefined && !isUnderWay && defaults.value !== undefined && (
        <>
          {!defaults.value.codebook.exists && <MissingCodebook file={defaults.value.codebook.file} />}
          <IndexingForm
            defaults={defaults.value}
            lastSpec={job.spec}
            queue={job.queue}
            hasRuns={study.runs.length > 0}
            isStarting={isStarting}
            error={error}
            start={start}
          />
        </>
      )}
      {job === undefined && !isLost && <p class="waiting">Opening …</p>}
      {defaults.state === "failed" && !isUnderWay && <Failure error={defaults.error} />}
    </div>
  );
}

function MissingCodebook({ file }: { readonly file: string }) {
  return (
    <p class="note">
      There is no codebook yet at <bdi>{file}</bdi>. The categories come first:{" "}
      <Link href="/codebook">write the codebook</Link>, then come back.
    </p>
  );
}

function bodyOf(cause: unknown): ErrorBody {
  return cause instanceof ApiError ? cause.body : { error: String(cause) };
}
